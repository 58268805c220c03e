"""Closed lists and permissions of the party package."""

from django.db import models

READ = "party.read"
WRITE = "party.write"


class Entry(models.TextChoices):
    """How a stay in a cell begins."""

    ADMIT = "ket_nap", "kết nạp"
    READMIT = "ket_nap_lai", "kết nạp lại"
    ARRIVE = "chuyen_den", "chuyển đến"
    RESTORE = "phuc_hoi", "phục hồi"
    REORGANISE = "sap_xep", "sắp xếp tổ chức"


class Exit(models.TextChoices):
    """How a stay in a cell ends."""

    LEAVE = "chuyen_di", "chuyển đi"
    DIE = "tu_tran", "từ trần"
    EXPEL = "khai_tru", "khai trừ"
    STRIKE = "xoa_ten", "xóa tên"
    QUIT = "ra_khoi_dang", "ra khỏi Đảng"
    REORGANISE = "sap_xep", "sắp xếp tổ chức"


class CardForm(models.TextChoices):
    FIRST = "phat", "phát"
    EXCHANGE = "doi", "đổi"
    REPLACE = "cap_lai", "cấp lại"


class BadgeForm(models.TextChoices):
    REGULAR = "thuong", "thường"
    EARLY = "som", "sớm"
    POSTHUMOUS = "truy_tang", "truy tặng"
