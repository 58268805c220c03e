"""Closed lists of the work package."""

from django.db.models import TextChoices

READ = "work.read"
ASSIGN = "work.assign"
CATALOGUE = "work.catalogue"


class State(TextChoices):
    """How a share of a task stands; always worked out from its events, never typed."""

    ASKED = "asked", "chờ xác nhận giao"
    OPEN = "open", "đang làm"
    SUBMITTED = "submitted", "chờ nghiệm thu"
    RETURNED = "returned", "bị trả lại"
    ACCEPTED = "accepted", "đã hoàn thành"
    FAILED = "failed", "không hoàn thành"
    HANDED = "handed", "đã giao người khác"
    CARRIED = "carried", "chuyển kỳ sau"
    WITHDRAWN = "withdrawn", "đã rút"
    REFUSED = "refused", "không được xác nhận"


LIVE = (State.OPEN, State.SUBMITTED, State.RETURNED)
"""States in which somebody still has something to do."""


class Kind(TextChoices):
    """What happened to a share of a task."""

    ASSIGNED = "assigned", "giao nhiệm vụ"
    REGISTERED = "registered", "tự ghi việc phát sinh"
    CONFIRMED = "confirmed", "xác nhận việc phát sinh"
    REFUSED = "refused", "không xác nhận việc phát sinh"
    REPORTED = "reported", "báo tiến độ"
    SUBMITTED = "submitted", "trình kết quả"
    ACCEPTED = "accepted", "nghiệm thu"
    RETURNED = "returned", "trả lại"
    FAILED = "failed", "kết luận không hoàn thành"
    CAUSE_ASKED = "cause_asked", "báo nguyên nhân khách quan"
    CAUSE_GRANTED = "cause_granted", "xác nhận nguyên nhân khách quan"
    CAUSE_REFUSED = "cause_refused", "không xác nhận nguyên nhân khách quan"
    EXTENSION_ASKED = "extension_asked", "xin gia hạn"
    EXTENDED = "extended", "gia hạn"
    EXTENSION_REFUSED = "extension_refused", "không gia hạn"
    HANDING_ASKED = "handing_asked", "xin trả lại việc"
    HANDED_BACK = "handed_back", "chuyển người khác làm"
    HANDING_REFUSED = "handing_refused", "không cho trả lại việc"
    CARRIED = "carried", "chuyển phần còn lại sang kỳ sau"
    WITHDRAWN = "withdrawn", "rút nhiệm vụ"
    CORRECTED = "corrected", "sửa kết quả đã nghiệm thu"


class Origin(TextChoices):
    """How a person came to her share; decides whether it counts in the denominator (NĐ 335/2025, Điều 18)."""

    PLANNED = "planned", "giao từ đầu kỳ"
    AD_HOC = "ad_hoc", "đột xuất, phát sinh"
    TAKEN_OVER = "taken_over", "nhận thay người khác"
    CARRIED = "carried", "chuyển từ kỳ trước"


class Source(TextChoices):
    """Where a task comes from."""

    ROUTINE = "routine", "thường xuyên"
    DOCUMENT = "document", "văn bản"
    CONCLUSION = "conclusion", "kết luận cuộc họp"
    PROGRAMME = "programme", "chương trình công tác"
    ARISING = "arising", "phát sinh"


class Rhythm(TextChoices):
    """How often a repeating task comes."""

    WEEK = "week", "hằng tuần"
    MONTH = "month", "hằng tháng"
    QUARTER = "quarter", "hằng quý"


class About(TextChoices):
    """What an objective cause excuses."""

    DELAY = "delay", "chậm tiến độ"
    QUALITY = "quality", "chất lượng"
