"""What a course earns, and for how long."""

from __future__ import annotations

import datetime as dt

from canbo.foundation.kernel.condition import Condition
from canbo.foundation.kernel.dates import add_months, format_date
from canbo.foundation.rulebooks import Ruling


def certificate_condition(certified_on: dt.date | None, day: dt.date, validity: Ruling, record: str) -> Condition:
    """The certificate of the course on the Party is still valid; without a record of a course it is a remark.

    Args:
        certified_on: the day the course ended, None when no course is recorded.
        validity: months for which the certificate counts.
    """
    label = f"Giấy chứng nhận lớp nhận thức về Đảng, trong {validity.value} tháng"
    if certified_on is None:
        found = "Hồ sơ chưa ghi lớp bồi dưỡng nhận thức về Đảng."
        return Condition(
            "PARTY-ADMISSION-CERTIFICATE", label, False, found, validity.reference, validity.is_sure, blocking=False,
            fix="Ghi khóa học vào phần đào tạo, bồi dưỡng.",
        )  # fmt: skip
    expiry = add_months(certified_on, validity.value)
    met = certified_on <= day <= expiry
    found = f"Giấy chứng nhận ngày {format_date(certified_on)} có giá trị đến {format_date(expiry)}."
    return Condition(
        "PARTY-ADMISSION-CERTIFICATE", label, met, found, validity.reference, validity.is_sure, record=record,
        fix="Học lại lớp nhận thức về Đảng.",
    )  # fmt: skip
