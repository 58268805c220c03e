"""Converting products to the standard one (NĐ 335/2025, Điều 13)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import Violation

GUIDE = "Sổ tay hướng dẫn NĐ 335/2025/NĐ-CP"


def coefficient(points: Decimal, standard: Decimal, decimals: int = 1) -> Decimal:
    """Points of a product over those of the standard one, rounded half up: 40 over 5 is 8.0."""
    return (points / standard).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def product_text(code: str, name: str, duty: str, output: str) -> str:
    """What search looks through: no diacritics, lower case."""
    return fold(f"{name} {output} {duty} {code}")[:700]


def product_faults(
    *,
    code: str,
    name: str,
    group: int | None,
    points: Decimal | None,
    maxima: Mapping[int, Decimal],
    standard: bool = False,
    standard_points: Decimal | None = None,
    decimals: int = 1,
) -> list[Violation]:
    """Why a product may not stand in a catalogue like this; empty when it may.

    Args:
        maxima: highest points of each group in force.
        standard: whether this is the standard product itself.
        standard_points: points of the body's standard product; None when it has none yet.
    """
    faults = []
    if not code:
        faults.append(Violation("WORK-PRODUCT-CODE", "Thiếu mã sản phẩm.", field="code"))
    if not name:
        faults.append(Violation("WORK-PRODUCT-NAME", "Thiếu tên sản phẩm, công việc.", field="name"))
    if group not in maxima:
        known = ", ".join(f"N{number}" for number in sorted(maxima))
        faults.append(
            Violation("WORK-PRODUCT-GROUP", f"Nhóm {group or 'trống'} không có.", "group", GUIDE, f"Chọn {known}.")
        )
    if points is None or points <= 0:
        faults.append(Violation("WORK-PRODUCT-POINTS", "Điểm của sản phẩm phải lớn hơn 0.", field="points"))
        return faults
    if group is not None and group in maxima and points > maxima[group]:
        top = format_number(maxima[group])
        message = f"{format_number(points)} điểm vượt mức tối đa {top} điểm của nhóm N{group}."
        faults.append(
            Violation("WORK-PRODUCT-MAX", message, "points", GUIDE, f"Ghi tối đa {top} hoặc xếp vào nhóm cao hơn.")
        )
    if standard:
        return faults
    if standard_points is None:
        fix = "Ghi sản phẩm chuẩn trước, hệ số 1,0."
        faults.append(
            Violation(
                "WORK-NO-STANDARD", "Danh mục chưa có sản phẩm chuẩn để quy đổi.", None, "NĐ 335/2025, Điều 13", fix
            )
        )
    elif coefficient(points, standard_points, decimals) <= 0:
        message = "Điểm quá nhỏ so với sản phẩm chuẩn: hệ số quy đổi làm tròn thành 0."
        faults.append(Violation("WORK-COEF-ZERO", message, "points", GUIDE, "Gộp thành một sản phẩm lớn hơn."))
    return faults
