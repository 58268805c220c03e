"""The sheets "Quyết định" and "Quan hệ đơn vị"."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache

from canbo.foundation import rulebooks
from canbo.foundation.kernel.text import fold
from canbo.foundation.papers.symbol import Symbol, symbol_key
from canbo.foundation.runtime.statements import read

from .cleaning import Table, refuse_repeats
from .plan import Fill, Inserts, Plan, Terms, Void
from .references import decisions, units
from .world import DecisionRef, World

CONTENT = ("abstract", "effective_on", "signer", "signer_post", "on_behalf")


def plan_decisions(world: World, table: Table, plan: Plan) -> None:
    """New decisions join the ledger; one already there must say the same, since papers are not rewritten."""
    numbers = [symbol_key(n) if n else "" for n in table["number"]]
    issued = [d.first if d else None for d in table["issued_on"]]
    issuers = [fold(i) if i else "" for i in table["issuer"]]
    types = [t or "Quyết định" for t in table["doc_type"]]
    keys = list(zip(numbers, issued, issuers, [fold(t) for t in types], strict=True))
    refuse_repeats(table, keys)
    recorded = _recorded(set(numbers))
    _refuse_used_numbers(table, keys, recorded)
    fresh: list[int] = []
    for index in table.good():
        known = recorded.get(keys[index])
        if known is None:
            fresh.append(index)
            continue
        written = (table["abstract"][index] or "", *_rest(table, index))
        differs = [name for name, new, old in zip(CONTENT, written, known[1:6], strict=True) if new and new != old]
        if differs:
            headers = ", ".join(table.spec.by_field[name].header for name in differs)
            table.fault(
                index,
                differs[0],
                f"quyết định {table['number'][index]} đã ghi sổ với nội dung khác ({headers}).",
                "Sửa tệp theo sổ, hoặc hủy quyết định trên hệ thống rồi ghi lại.",
            )
        else:
            table.count.same += 1
    table.count.new = len(fresh)
    ids = world.ids.take("decisions_decision", len(fresh))
    for ref, index in zip(ids, fresh, strict=True):
        effective = table["effective_on"][index]
        day = issued[index] or dt.date.max
        world.decisions[numbers[index]].append(
            DecisionRef(ref, day, effective.first if effective else day, table["number"][index])
        )
    world.bad_decisions |= {numbers[i] for i in table.bad}
    if fresh:
        columns: dict[str, list] = {"id": ids}
        columns["number"] = [table["number"][i] for i in fresh]
        columns["number_key"] = [numbers[i] for i in fresh]
        columns["issued_on"] = [issued[i] for i in fresh]
        columns["issuer"] = [table["issuer"][i] for i in fresh]
        columns["issuer_key"] = [issuers[i] for i in fresh]
        columns["doc_type"] = [types[i] for i in fresh]
        columns["abstract"] = [table["abstract"][i] or "" for i in fresh]
        columns["effective_on"] = [d.first if (d := table["effective_on"][i]) else None for i in fresh]
        for name in ("signer", "signer_post", "on_behalf"):
            columns[name] = [table[name][i] or "" for i in fresh]
        plan.inserts.append(Inserts("decisions_decision", columns))


def _rest(table: Table, index: int) -> tuple:
    effective = table["effective_on"][index]
    return (effective.first if effective else None, *(table[n][index] or "" for n in CONTENT[2:]))


def _recorded(numbers: set[str]) -> dict[tuple, tuple]:
    found = {}
    for row in read(
        "SELECT number_key, issued_on, issuer_key, doc_type, id, abstract, effective_on, signer, signer_post, on_behalf "
        "FROM decisions_decision WHERE annulled_on IS NULL AND number_key = ANY(%s)",
        [sorted(numbers)],
    ):
        found[row[0], row[1], row[2], fold(row[3])] = row[4:]
    return found


def _refuse_used_numbers(table: Table, keys: list[tuple], recorded: dict[tuple, tuple]) -> None:
    """A number stands once per document type in a term (Party) or a calendar year (State)."""
    taken: dict[tuple, list[tuple[dt.date, str]]] = defaultdict(list)
    for number, issued, issuer, kind in recorded:
        taken[number, issuer, kind].append((issued, "trong sổ"))
    memo: dict[str, bool] = {}
    for index in table.good():
        number, issued, issuer, kind = keys[index]
        if keys[index] in recorded:
            continue
        written = table["number"][index]
        if written not in memo:
            memo[written] = _is_party(written)
        for other, where in taken[number, issuer, kind]:
            if other != issued and _same_series(other, issued, party=memo[written]):
                term = "nhiệm kỳ" if memo[written] else "năm"
                table.fault(
                    index,
                    "number",
                    f"số {written} đã dùng cho văn bản cùng loại ngày {other:%d/%m/%Y} ({where}) trong cùng {term}.",
                    "Kiểm tra lại số, ngày hoặc loại văn bản.",
                )
                break
        taken[number, issuer, kind].append((issued, f"dòng {table.row(index)}"))


def _is_party(number: str) -> bool:
    try:
        return Symbol.parse(number).system == "party"
    except ValueError:
        return False


def _same_series(one: dt.date, other: dt.date, *, party: bool) -> bool:
    """Whether two days lie in one series of numbers: a term of the committee, or a calendar year.

    Days before the first term that the rulebooks know are compared by year, so that nothing is refused on a guess.
    """
    terms = _terms(rulebooks.current().version)
    at, of_other = bisect_right(terms, one), bisect_right(terms, other)
    return at == of_other if party and at and of_other else one.year == other.year


@lru_cache(maxsize=4)
def _terms(version: str) -> tuple[dt.date, ...]:
    """First days of the terms of the provincial committee."""
    return tuple(
        sorted({row["starts"] for row in rulebooks.current().rows_ever("decisions.numbering.provincial_terms")})
    )


def plan_lineage(world: World, table: Table, plan: Plan, terms: Terms) -> None:
    """What became of units: recorded once per pair and day."""
    old, new = units(world, table, "old"), units(world, table, "new")
    on = [d.first if d else None for d in table["on"]]
    papers, _ = decisions(world, table, "decision", on)
    keys = list(zip(old, new, on, strict=True))
    refuse_repeats(table, keys)
    recorded = {
        (a, b, day): (ref, operation, paper)
        for ref, a, b, day, operation, paper in read(
            'SELECT id, old_id, new_id, "on", operation, opened_by_id FROM organisation_unitlineage '
            "WHERE voided_on IS NULL AND old_id = ANY(%s::bigint[])",
            [[u for u in old if u]],
        )
    }
    rows: list[int] = []
    for index in table.good():
        known = recorded.get(keys[index])
        if known and known[1] == table["operation"][index] and papers[index] in (None, known[2]):
            table.count.same += 1
        elif known and known[1] == table["operation"][index] and known[2] is None:
            plan.fills.append(Fill("organisation_unitlineage", known[0], (("opened_by_id", papers[index]),)))
            table.count.changed += 1
        elif papers[index] is None and not terms.historical:
            table.fault(
                index,
                "decision",
                "chưa ghi số quyết định làm căn cứ.",
                "Ghi số quyết định, hoặc nạp tệp dưới dạng số liệu lịch sử.",
            )
        else:
            if known:
                why = table["note"][index] or f"Thay bằng số liệu của tệp {terms.source}"
                plan.voids.append(Void("organisation_unitlineage", known[0], why))
                table.count.changed += 1
            else:
                table.count.new += 1
            rows.append(index)
    if rows:
        plan.inserts.append(
            Inserts(
                "organisation_unitlineage",
                {
                    "old_id": [old[i] for i in rows],
                    "new_id": [new[i] for i in rows],
                    "on": [on[i] for i in rows],
                    "on_precision": [table["on"][i].precision for i in rows],
                    "operation": [table["operation"][i] for i in rows],
                    "opened_by_id": [papers[i] for i in rows],
                    "historical": [papers[i] is None for i in rows],
                    "note": [table["note"][i] or "" for i in rows],
                },
            )
        )
