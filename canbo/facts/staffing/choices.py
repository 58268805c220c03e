"""Permissions of the staffing package."""

from django.db import models

READ = "staffing.read"
WRITE = "staffing.write"


class PositionGroup(models.TextChoices):
    """Groups of job positions (nhóm vị trí việc làm); their official names are in the rulebook."""

    LEADERSHIP = "lanh_dao", "Lãnh đạo, quản lý"
    PROFESSIONAL = "chuyen_mon", "Chuyên môn nghiệp vụ"
    COMMON = "dung_chung", "Chuyên môn dùng chung"
    SUPPORT = "ho_tro", "Hỗ trợ, phục vụ"


class ListState(models.TextChoices):
    """How far a list of job positions has come on its way to approval."""

    DRAFT = "soan", "đang soạn"
    SUBMITTED = "trinh", "đã trình thẩm định"
    RETURNED = "tra_lai", "trả lại để sửa"
    APPRAISED = "tham_dinh", "đã thẩm định"
    APPROVED = "phe_duyet", "đã phê duyệt"


class Body(models.TextChoices):
    """What a Party organisation is led and watched by."""

    COMMITTEE = "bch", "Ban Chấp hành"
    STANDING = "btv", "Ban Thường vụ"
    SECRETARIAT = "thuong_truc", "Thường trực"
    INSPECTION = "ubkt", "Ủy ban Kiểm tra"
