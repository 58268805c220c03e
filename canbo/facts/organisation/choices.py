"""Closed lists of the organisation package."""

from django.db import models

READ = "unit.read"
WRITE = "unit.write"


class Shelf(models.TextChoices):
    """Which of the three systems a kind of unit belongs to."""

    PARTY = "dang", "Đảng"
    STATE = "nha_nuoc", "Nhà nước"
    FRONT = "mat_tran", "Mặt trận, đoàn thể"


class Operation(models.TextChoices):
    """How one unit became another, and what may be done to units in a restructuring."""

    ESTABLISH = "thanh_lap", "thành lập"
    MERGE = "sap_nhap", "sáp nhập"
    UNITE = "hop_nhat", "hợp nhất"
    DIVIDE = "chia", "chia"
    SPLIT = "tach", "tách"
    DISSOLVE = "giai_the", "giải thể"
    END = "ket_thuc", "kết thúc hoạt động"
    RENAME = "doi_ten", "đổi tên"
    HAND_OVER = "chuyen_giao", "chuyển giao"
    RELEVEL = "doi_cap", "đổi cấp"
