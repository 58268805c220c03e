"""Closed lists of the evaluation package."""

from django.db import models

READ = "evaluation.read"
SCORE = "evaluation.score"
DECIDE = "evaluation.decide"
MANAGE = "evaluation.manage"


class Stage(models.TextChoices):
    """Where a whole cycle stands; a sheet may be ahead of it, never behind a closed one."""

    OPEN = "open", "Đang giao việc, theo dõi"
    SELF = "self", "Đang tự đánh giá"
    REVIEW = "review", "Đang nhận xét, thẩm định"
    DECIDE = "decide", "Đang quyết định xếp loại"
    CLOSED = "closed", "Đã đóng kỳ"


class State(models.TextChoices):
    """What one sheet waits for."""

    DRAFT = "draft", "Chờ tự đánh giá"
    SUBMITTED = "submitted", "Chờ cấp trên trực tiếp nhận xét"
    SCORED = "scored", "Chờ thẩm định, quyết định"
    DECIDED = "decided", "Đã quyết định, chờ đóng kỳ"
    CLOSED = "closed", "Đã có kết quả"


class Step(models.TextChoices):
    """The steps that have a deadline."""

    SELF = "self", "Tự đánh giá"
    REVIEW = "review", "Nhận xét, chấm điểm"
    ADVISE = "advise", "Thẩm định, đề xuất"
    DECIDE = "decide", "Quyết định xếp loại"
    PUBLISH = "publish", "Thông báo, công khai"


class Standing(models.TextChoices):
    """What somebody is in the unit where she is evaluated."""

    HEAD = "head", "Người đứng đầu"
    DEPUTY = "deputy", "Cấp phó"
    STAFF = "staff", "Không giữ chức vụ lãnh đạo"
    SUPPORT = "support", "Hỗ trợ, phục vụ, hợp đồng"
    MEMBER = "member", "Đảng viên tại chi bộ"
    COLLECTIVE = "collective", "Tập thể"


class Happening(models.TextChoices):
    """What may happen to a sheet; never taken back, only followed by another happening."""

    SUBMITTED = "submitted", "nộp tự đánh giá"
    RECALLED = "recalled", "rút lại bản tự đánh giá"
    RETURNED = "returned", "trả lại để hoàn chỉnh"
    SCORED = "scored", "cấp trên trực tiếp nhận xét, chấm điểm"
    ADVISED = "advised", "bộ phận tham mưu có ý kiến"
    DECIDED = "decided", "quyết định xếp loại"
    VOIDED = "voided", "quyết định mất hiệu lực do điểm thay đổi"
    PLANNED = "planned", "đề xuất điểm tối đa các trục của quý"
    APPROVED = "approved", "cấp trên trực tiếp duyệt điểm tối đa các trục"
    CORRECTED = "corrected", "sửa thông tin phiếu"
    MOVED = "moved", "chuyển phiếu sang đơn vị khác"
    EXPLAINED = "explained", "người được đánh giá giải trình"
    CLOSED = "closed", "đóng kỳ, có kết quả"
    REPLACED = "replaced", "kết quả được thay bằng quyết định mới"


class Rest(models.TextChoices):
    """Why somebody did not work for a time, as far as the rules tell one absence from another."""

    SICK = "sick", "nghỉ ốm"
    MATERNITY = "maternity", "nghỉ thai sản"
    UNPAID = "unpaid", "nghỉ không lương"
    TRAINING = "training", "đi học tập trung"
    OTHER = "other", "nghỉ khác"


class Answer(models.TextChoices):
    """How an appeal ended."""

    UPHELD = "upheld", "giữ nguyên kết quả"
    CHANGED = "changed", "thay đổi kết quả"
    WITHDRAWN = "withdrawn", "người kiến nghị rút"


RULES_READ = "rules.read"
RULES_WRITE = "rules.write"


class LocalState(models.TextChoices):
    """Where a local rule stands; once in force it is only ever withdrawn from a day on."""

    DRAFT = "draft", "Dự thảo"
    SET = "set", "Đã ban hành"
    WITHDRAWN = "withdrawn", "Đã rút"


class Level(models.TextChoices):
    """Who sets a local rule; the unit's goes before the province's."""

    PROVINCE = "province", "Tỉnh, thành phố"
    UNIT = "unit", "Cơ quan, đơn vị"
