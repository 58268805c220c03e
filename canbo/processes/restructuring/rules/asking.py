"""The questions of a plan, in words, with what may be answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..choices import Asked, Choice
from .lines import Lines, Source, Target
from .plan import Question, Reply, Standing

LABEL = {
    Asked.SPLIT: "Đi vào nhiều đơn vị mới: người, số liệu và đơn vị trực thuộc về đâu?",
    Asked.NO_SUCCESSOR: "Không có đơn vị kế thừa trong phương án: kết thúc hay nhập vào đơn vị nào?",
    Asked.NO_PREDECESSOR: "Không hình thành từ đơn vị cũ nào trong phương án: thành lập mới hay kế thừa đơn vị nào?",
    Asked.LEFT_EMPTY: "Không có trong phương án, các đơn vị trực thuộc đã đi hết: kết thúc hoạt động hay giữ nguyên?",
    Asked.HOMELESS: "Kết thúc mà chưa biết người, số liệu về đâu: chọn nơi đến.",
}


def split_question(
    code: str, targets: Sequence[str], units: Mapping[str, Standing], lines: Lines, reply: Reply | None
) -> Question:
    """An old unit goes into several new ones."""
    old = units[code]
    words = [_name(target, units, lines) for target in targets]
    source = lines.sources.get(code)
    return Question(
        code, old.name, Asked.SPLIT, LABEL[Asked.SPLIT],
        (*targets, Choice.LIST, Choice.ONE_BY_ONE),
        (*(f"tất cả về {word}" for word in words), Choice.LIST.label, Choice.ONE_BY_ONE.label),
        source.level if source else "", tuple(targets), _unfit(reply),
    )  # fmt: skip


def no_successor(source: Source, old: Standing, reply: Reply | None) -> Question:
    """An old unit goes nowhere."""
    found = (Choice.DISSOLVE, Choice.INTO, Choice.END, Choice.KEEP)
    return Question(
        source.code, old.name, Asked.NO_SUCCESSOR, LABEL[Asked.NO_SUCCESSOR],
        tuple(found), tuple(choice.label for choice in found), source.level, (), _unfit(reply),
    )  # fmt: skip


def no_predecessor(target: Target, units: Mapping[str, Standing], lines: Lines, reply: Reply | None) -> Question:
    """A new unit comes from nowhere; units of a like name are offered, never taken by themselves."""
    found = (Choice.ESTABLISH, Choice.FROM)
    core = _core(target.name)
    hints = tuple(
        unit.code for unit in units.values()
        if core and _core(unit.name) == core and unit.code not in lines.targets
        and not lines.sources.get(unit.code, Source("", 0)).targets
    )[:5]  # fmt: skip
    said = f"Có thể là: {', '.join(f'{units[code].name} ({code})' for code in hints)}." if hints else ""
    return Question(
        target.code, target.name, Asked.NO_PREDECESSOR, LABEL[Asked.NO_PREDECESSOR],
        tuple(found), tuple(choice.label for choice in found), target.level, hints,
        " ".join(part for part in (said, _unfit(reply)) if part),
    )  # fmt: skip


def vacated_question(unit: Standing, count: int) -> Question:
    """A unit outside the plan whose subordinates all went."""
    found = (Choice.END, Choice.KEEP)
    return Question(
        unit.code, unit.name, Asked.LEFT_EMPTY, LABEL[Asked.LEFT_EMPTY], tuple(found),
        tuple(choice.label for choice in found), "", (), f"Trước đó có {count} đơn vị trực thuộc.",
    )  # fmt: skip


def homeless_question(unit: Standing, about: str, level: str) -> Question:
    """A unit ends and something in it has no place to go to."""
    found = (Choice.ALL, Choice.ONE_BY_ONE)
    return Question(
        unit.code, unit.name, Asked.HOMELESS, LABEL[Asked.HOMELESS], tuple(found),
        tuple(choice.label for choice in found), level, (), about,
    )  # fmt: skip


_KINDS = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")


def _core(name: str) -> str:
    """The name of a place without what kind of place it is."""
    lower = name.strip().lower()
    for kind in _KINDS:
        if lower.startswith(kind + " "):
            return lower[len(kind) + 1 :]
    return lower


def _name(code: str, units: Mapping[str, Standing], lines: Lines) -> str:
    target = lines.targets.get(code)
    name = (target.name if target else "") or (units[code].name if code in units else "")
    return f"{name} ({code})" if name else code


def _unfit(reply: Reply | None) -> str:
    return f"Câu trả lời “{reply.choice} {reply.value}”".strip() + " không dùng được." if reply is not None else ""
