"""The pictures of the statistics: each a sentence, marks that open their rows, and a table beneath."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from canbo.foundation.kernel.numbers import format_number, format_percent, percent
from canbo.foundation.kernel.period import Span
from canbo.foundation.ui.charts import Chart, Point

from ...queries.outputs import Chosen
from ...queries.outputs.behind import NO_GRADE
from ...queries.outputs.figures import Counts, PeriodFigures
from ...rules.formality import Sign
from .asked import address

MOST_UNITS = 25


def grades(chosen: Chosen, counts: Counts) -> Chart:
    """How many have each grade."""
    points = [Point(key, counts.of(key), address("evaluation_behind", chosen, muc=key)) for key, _ in chosen.grades]
    legend = "; ".join(f"{key}: {words.lower()}" for key, words in chosen.grades)
    if waiting := counts.waiting:
        points.append(Point("Chưa xếp loại", waiting, address("evaluation_behind", chosen, muc=NO_GRADE), quiet=True))
    return Chart(
        "compare",
        said(chosen, counts),
        points,
        unit="phiếu",
        label="Số phiếu",
        axis="Mức",
        note=f"{legend}. {source(chosen)}",
    )


def said(chosen: Chosen, counts: Counts) -> str:
    """What the grades show, in one sentence."""
    if not counts.graded:
        return f"Chưa có phiếu nào trong {format_number(counts.total)} phiếu được xếp loại"
    best, lowest = chosen.grades[0], chosen.grades[-1]
    share = format_percent(percent(counts.of(best[0]), counts.graded))
    bottom = counts.of(lowest[0])
    tail = f"{format_number(bottom)} phiếu {_small(lowest[1])}" if bottom else f"không phiếu nào {_small(lowest[1])}"
    return f"Trong {format_number(counts.graded)} phiếu đã xếp loại, {share} {_small(best[1])}, {tail}"


def means(chosen: Chosen, periods: list[PeriodFigures]) -> Chart:
    """The mean of points, period by period."""
    points = [
        Point(short(one.period), None if one.mean is None else round(one.mean, 1), _of_period(chosen, one.period))
        for one in periods
    ]
    known = [one for one in periods if one.mean is not None]
    title = "Chưa đủ hai kỳ có điểm để so sánh"
    if len(known) > 1:
        first, last = (round(one.mean or Decimal(0), 1) for one in (known[0], known[-1]))
        way = "không đổi" if first == last else ("tăng" if last > first else "giảm")
        title = (
            f"Điểm trung bình {way} từ {format_number(first, 1)} ({short(known[0].period)}) "
            f"đến {format_number(last, 1)} ({short(known[-1].period)})"
        )
    return Chart("line", title, points, unit="điểm", label="Điểm trung bình", axis="Kỳ", note=source(chosen))


def best_share(chosen: Chosen, periods: list[PeriodFigures]) -> Chart:
    """The share of the best grade, period by period."""
    words = _small(chosen.grades[0][1])
    points = [
        Point(short(one.period), percent(one.best, one.graded), _of_period(chosen, one.period)) for one in periods
    ]
    known = [p.value for p in points if p.value is not None]
    title = f"Chưa có kỳ nào có người {words}"
    if known:
        low, high = format_percent(min(known)), format_percent(max(known))
        title = f"Tỷ lệ {words} từ {low} đến {high} trong {len(known)} kỳ" if len(known) > 1 else f"{high} {words}"
    return Chart("bars", title, points, unit="%", label="Tỷ lệ", axis="Kỳ", note=source(chosen))


def units(chosen: Chosen, parts: list[Counts]) -> Chart | None:
    """The share of the best grade by unit, in the order of names; None for too many to be read as a picture."""
    shown = [part for part in parts if part.graded]
    if not 1 < len(shown) <= MOST_UNITS:
        return None
    best, words = chosen.grades[0][0], _small(chosen.grades[0][1])
    whole = percent(sum(p.of(best) for p in shown), sum(p.graded for p in shown))
    points = [
        Point(p.label, percent(p.of(best), p.graded), address("evaluation_behind", chosen, **part(p), muc=best))
        for p in shown
    ]
    title = f"Tỷ lệ {words} của từng đơn vị; chung là {format_percent(whole)}"
    return Chart("compare", title, points, unit="%", label="Tỷ lệ", axis="Đơn vị", note="Xếp theo tên, không xếp hạng.")


def formality(chosen: Chosen, signs: list[Sign]) -> Chart:
    """In how many bodies each sign shows, of how many looked at."""
    points = [Point(sign.title, len(sign.bodies), f"#dau-hieu-{sign.key}", plan=sign.of) for sign in signs if sign.of]
    shows = sum(sign.shows for sign in signs)
    title = (
        f"{shows} trong {len(signs)} phép thử cho thấy dấu hiệu hình thức" if shows else "Chưa thấy dấu hiệu hình thức"
    )
    return Chart(
        "compare",
        title,
        points,
        unit="cơ quan",
        label="Có dấu hiệu",
        plan_label="Số cơ quan được xét",
        axis="Phép thử",
        note="Dấu hiệu để xem lại cách làm, không phải kết luận về ai.",
    )


def part(counts: Counts) -> dict[str, str]:
    """How an address names one part of the division by units."""
    return {"rieng": counts.key} if counts.own else {"phan": counts.key}


def short(period: str) -> str:
    """``7/2026``, ``quý III/2026``, ``2026``: a period on an axis."""
    try:
        span = Span.parse(period)
    except ValueError:
        return period
    if "-Q" in period:
        return f"q{period[-1]}/{period[:4]}"
    if len(period) == 7:
        return f"{span.first.month}/{span.first.year}"
    return period


def source(chosen: Chosen) -> str:
    """Where the figures come from and of which day."""
    states = "đã đóng kỳ" if all(cycle.closed for cycle in chosen.cycles) else "kỳ chưa đóng, số còn thay đổi"
    return f"Nguồn: phiếu đánh giá {chosen.cycle.span}, {states}."


def _of_period(chosen: Chosen, period: str) -> str:
    return address("evaluation_statistics", replace(chosen, period=period))


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
