"""What a dossier lacks, and the way to fill it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from canbo.facts.party.choices import READ as READ_PARTY

from .narrow import probation_months
from .person import Dossier
from .traits import Trait


@dataclass(frozen=True)
class Lack:
    """A missing part, what to do about it, and the section it belongs to."""

    what: str
    how: str
    anchor: str


def lacks(found: Dossier, traits: Iterable[Trait]) -> list[Lack]:
    """Every missing part the reader may know of."""
    missing = [
        Lack(trait.label, f"Ghi cột “{trait.fill}”, trang “Hồ sơ” của tệp Excel rồi nạp lại.", "ai")
        for trait in traits
        if trait.is_missing
    ]
    if found.sensitive and not found.person.citizen_id:
        missing.append(Lack("Số định danh cá nhân", "Ghi cột “Số định danh cá nhân”, trang “Hồ sơ”.", "ai"))
    if READ_PARTY in found.may:
        missing += _party(found)
    for post in found.posts:
        if post.opened_by_id is None:
            missing.append(
                Lack(f"Quyết định của chức vụ {post.title}", "Ghi “Số quyết định” ở trang “Chức vụ”.", "qua-trinh")
            )
    return missing


def _party(found: Dossier) -> list[Lack]:
    member = found.member
    if member is None:
        return []
    missing = []
    how = "Ghi cột “{}”, trang “Đảng viên” của tệp Excel rồi nạp lại."
    if not any(stay.admitted_on for stay in found.stays):
        missing.append(Lack("Ngày quyết định kết nạp", how.format("Ngày quyết định kết nạp"), "dang"))
    official = any(stay.official_on for stay in found.stays)
    started = member.ceremony_on or member.admitted_on
    if not official and started and (found.day - started).days > probation_months(found.day) * 31:
        missing.append(Lack("Ngày chính thức", "Ghi quyết định công nhận đảng viên chính thức.", "dang"))
    if official and not (member.card_number or any(card.number for card in found.cards)):
        missing.append(Lack("Số thẻ đảng viên", how.format("Số thẻ"), "dang"))
    return missing
