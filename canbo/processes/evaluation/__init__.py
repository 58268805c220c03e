"""Evaluation (đánh giá, xếp loại): rulebooks, periods, sheets, scores and grades of people and bodies."""
