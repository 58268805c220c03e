"""Papers of a whole unit in one cycle: the summary, the recognition, ballots, lists of those not reviewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import acting_day
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.papers.blocks import Paper, Signing

from ..models import Cycle
from ..queries import book_of, not_graded
from ..queries import outputs as read
from ..queries.outputs import lists as rows
from ..queries.outputs.places import is_party, superior_name
from .ballots import ballot_paper
from .counting import count_paper
from .decisions import recognition_paper
from .dossiers import dossier_paper
from .filling import scale_of
from .lists import unit_list_paper
from .members import not_reviewed_paper, proposals_paper
from .shapes import CapLine, Hand, Listed, Office, UnitList

T = TypeVar("T")
MOST = 3000
"""People in one Word list; a longer one is opened by nobody, and a workbook holds everybody."""


def summary(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Danh sách tổng hợp: rows, counts, cap, those not graded."""
    listed, bodies = _listed(actor, cycle, unit)
    caps = rows.groups_under_cap(actor, cycle, unit) or []
    absent = not_graded(actor, cycle, acting_day(), unit)
    return unit_list_paper(
        UnitList(
            office=_office(cycle, unit),
            unit=unit.name,
            period=str(cycle.span),
            scale=scale_of(book_of(cycle)),
            rows=listed,
            caps=tuple(
                CapLine(
                    group=f"{cap.body}: {cap.cap_group}" if cap.cap_group else cap.body,
                    base=cap.result.base,
                    limit=cap.limit or 0,
                    used=cap.result.used,
                    boundary=tuple(one.name for one in cap.result.boundary),
                )
                for cap in caps
                if cap.result is not None
            ),
            not_graded=tuple((row.person.name, row.title, row.reason) for row in absent),
            collectives=bodies,
            system="party" if is_party(cycle) else "state",
        )
    )


def recognition(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Quyết định công nhận kết quả, of those who have a grade.

    Raises:
        Refused: nobody has one yet.
    """
    listed, bodies = _listed(actor, cycle, unit)
    graded = tuple(row for row in listed if row.grade)
    if not graded:
        raise Refused(
            Violation(
                "EVAL-PAPER-EMPTY",
                "Chưa ai được xếp loại trong phạm vi này nên chưa lập được quyết định công nhận.",
                fix="Quyết định xếp loại trước, rồi tải lại.",
            )
        )
    book, party = book_of(cycle), is_party(cycle)
    return recognition_paper(
        _office(cycle, unit),
        "party" if party else "state",
        str(cycle.span),
        graded,
        scale_of(book),
        grounds=(f"Căn cứ {book.source}",),
        signing=Signing("on_behalf", "Ban Thường vụ", "Bí thư") if party else Signing(position="Thủ trưởng"),
        collectives=bodies,
    )


def ballot(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Phiếu biểu quyết on everybody of the unit."""
    listed, _ = _listed(actor, cycle, unit)
    return ballot_paper(_office(cycle, unit), _period(cycle), listed, scale_of(book_of(cycle)))


def count(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Biên bản kiểm phiếu, to be filled in by hand."""
    listed, _ = _listed(actor, cycle, unit)
    return count_paper(
        _office(cycle, unit),
        _period(cycle),
        tuple((row.name, ()) for row in listed),
        scale_of(book_of(cycle)),
        summoned=None,
        present=None,
        tellers=Hand("Tổ kiểm phiếu"),
        chair=Hand("Chủ trì hội nghị"),
    )


def not_reviewed(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Danh sách đảng viên chưa kiểm điểm, xếp loại."""
    found = _few(rows.not_reviewed(actor, cycle, unit))
    return not_reviewed_paper(_office(cycle, unit), cycle.first.year, found, Hand("Người lập"), Hand("Bí thư"))


def proposals(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Tổng hợp đề xuất mức chất lượng của các chủ thể."""
    found = _few(rows.proposals(actor, cycle, unit))
    scale = scale_of(book_of(cycle))
    return proposals_paper(
        _office(cycle, unit), cycle.first.year, rows.VOICES, found, scale, Hand("Người lập"), Hand("Bí thư")
    )


def dossier(actor: Actor, cycle: Cycle, unit: Unit) -> Paper:
    """Danh mục hồ sơ (Mẫu 04) of every subject of the unit."""
    listed, _ = _listed(actor, cycle, unit)
    names = [row.name for row in listed]
    return dossier_paper(_office(cycle, unit), _period(cycle), names, Hand("Người lập"), Hand("Thủ trưởng, Bí thư"))


KINDS: dict[str, tuple[str, Callable[[Actor, Cycle, Unit], Paper]]] = {
    "tong-hop": ("Danh sách tổng hợp", summary),
    "cong-nhan": ("Quyết định công nhận kết quả", recognition),
    "bieu-quyet": ("Phiếu biểu quyết", ballot),
    "kiem-phieu": ("Biên bản kiểm phiếu", count),
    "ho-so": ("Danh mục hồ sơ", dossier),
    "chua-kiem-diem": ("Danh sách chưa kiểm điểm, xếp loại", not_reviewed),
    "de-xuat": ("Tổng hợp đề xuất của các chủ thể", proposals),
}
"""Papers of a unit by the word in their address, with what people call them."""


def _office(cycle: Cycle, unit: Unit) -> Office:
    return Office(issuer=unit.name, superior=superior_name(unit, cycle.last), on=cycle.last)


def _period(cycle: Cycle) -> str:
    words = str(cycle.span)
    return words[:1].upper() + words[1:]


def _listed(actor: Actor, cycle: Cycle, unit: Unit) -> tuple[tuple[Listed, ...], bool]:
    """People of the unit, or bodies where the cycle has only those."""
    found = read.lines(_few(read.sheets(actor, cycle, unit)[: MOST + 1]))
    bodies = bool(found) and all(line.sheet.collective_id for line in found)
    return tuple(
        Listed(
            name=line.name,
            post=line.sheet.title,
            unit=line.sheet.unit.name,
            group=line.sheet.cap_group,
            common=line.common,
            result=line.points,
            total=line.total,
            own=line.sheet.self_grade,
            proposed=line.proposed,
            grade=line.grade,
            note=line.reason,
        )
        for line in found
    ), bodies


def _few(found: Iterable[T]) -> list[T]:
    """The rows, unless there are more than a paper holds."""
    kept = list(found)
    if len(kept) > MOST:
        raise Refused(
            Violation(
                "EVAL-PAPER-LONG",
                f"Danh sách có hơn {MOST:,} dòng, quá dài cho một văn bản.".replace(",", "."),
                fix="Chọn một đơn vị nhỏ hơn, hoặc tải tệp Excel.",
            )
        )
    return kept
