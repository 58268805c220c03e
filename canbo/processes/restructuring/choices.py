"""Closed lists of the restructuring package."""

from django.db import models

READ = "restructuring.read"
PREPARE = "restructuring.prepare"
APPLY = "restructuring.apply"

DECIDED = "quyet_dinh"
"""The step at which the plan is fixed: only from here on can it be carried out."""
HANDING = "ban_giao"
"""The step that carrying out leads to."""
WITHDRAWN = "rut"
"""State of a case that was taken back before it was carried out."""


class Rule(models.TextChoices):
    """What happens to those who stand in a unit that ends or is divided."""

    ALL = "tat_ca", "tất cả về một đơn vị"
    LIST = "danh_sach", "chia theo danh sách"
    ONE_BY_ONE = "tung_nguoi", "bố trí từng người"


class Asked(models.TextChoices):
    """What a plan may have to ask."""

    SPLIT = "chia_nhieu", "Đơn vị cũ vào nhiều đơn vị mới"
    NO_SUCCESSOR = "khong_noi_den", "Đơn vị cũ không có đơn vị kế thừa"
    NO_PREDECESSOR = "khong_noi_tu", "Đơn vị mới không hình thành từ đơn vị nào"
    LEFT_EMPTY = "con_rong", "Đơn vị không có trong phương án, các đơn vị trực thuộc đã đi hết"
    HOMELESS = "chua_co_cho", "Đơn vị kết thúc còn người, số liệu hoặc đơn vị trực thuộc chưa có nơi đến"


class Choice(models.TextChoices):
    """How a question may be answered; a split is answered by the code of one of the new units as well."""

    ALL = "tat_ca", "tất cả về một đơn vị"
    LIST = "danh_sach", "chia theo danh sách"
    ONE_BY_ONE = "tung_nguoi", "bố trí từng người"
    DISSOLVE = "giai_the", "giải thể"
    END = "ket_thuc", "kết thúc hoạt động"
    INTO = "nhap_vao", "nhập vào đơn vị"
    KEEP = "giu_nguyen", "giữ nguyên"
    ESTABLISH = "thanh_lap", "thành lập mới"
    FROM = "hinh_thanh_tu", "hình thành từ đơn vị"


class Asset(models.TextChoices):
    """What is handed over between units."""

    SEAL = "con_dau", "con dấu"
    PROPERTY = "tai_san", "tài sản, tài chính"
    FILES = "ho_so", "hồ sơ, tài liệu"
    STAFF = "nhan_su", "nhân sự"
    MEMBERS = "dang_vien", "đảng viên, hồ sơ đảng viên"
