"""Closed lists of the ledger, and its permissions."""

from django.db import models

READ = "decision.read"
RECORD = "decision.record"
ANNUL = "decision.annul"


class Publication(models.TextChoices):
    """Only papers that are no state secret belong here; anything else is refused at the door."""

    OPEN = "khong_mat", "không mật"
