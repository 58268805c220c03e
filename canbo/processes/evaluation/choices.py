"""Closed lists of the evaluation package."""

READ = "evaluation.read"
SCORE = "evaluation.score"
DECIDE = "evaluation.decide"
MANAGE = "evaluation.manage"
