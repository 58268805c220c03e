"""The sheet "Hồ sơ": who people are, and the changes of their dossier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from canbo.facts.people.rules import search_text
from canbo.foundation.kernel.text import name_key

from .cleaning import Table, refuse_repeats
from .factspecs import Part, partial_date, plain, words
from .plan import Close, Fill, Inserts, Plan, Terms, Void
from .world import FAR, World, rows_of

TABLE = "people_personrecord"
PARTS: tuple[Part, ...] = (
    plain("full_name"),
    words("other_names"),
    plain("sex"),
    partial_date("born_on", "born_precision"),
    plain("ethnic_group"),
    words("religion"),
    words("home_town"),
    words("residence"),
    words("occupation"),
    words("general_education"),
    words("qualification"),
    words("major"),
    words("political_theory"),
    words("state_management"),
    words("foreign_language"),
    words("informatics"),
    words("rank"),
    words("salary_step"),
    plain("salary_coefficient"),
    partial_date("recruited_on", "recruited_precision"),
    Part("died_on", ("died_on",), lambda v: (v.first if v else None,)),
)
COLUMNS = tuple(c for part in PARTS for c in part.columns)


@dataclass(frozen=True)
class Dossier:
    """A person's newest record."""

    id: int
    lower: dt.date | None
    content: tuple


def plan_people(world: World, table: Table, plan: Plan, terms: Terms) -> None:
    """Decides which people are new and whose dossier changes."""
    codes = table["code"]
    refuse_repeats(table, codes)
    world.read_people({c for c in codes if c} | {c for c in table["citizen_id"] if c})
    citizens = _citizens(table)
    _refuse_shared_numbers(world, table, citizens)
    _refuse_disorder(table, terms)
    known = {i: world.people[codes[i]] for i in table.good() if codes[i] in world.people}
    fresh = [i for i in table.good() if i not in known]
    dossiers = _dossiers(list(known.values()))
    changed: list[tuple[int, int, dt.date | None]] = []
    for index, person in known.items():
        _compare(world, table, plan, terms, index, person, citizens[index], dossiers.get(person), changed)
    fresh = [i for i in fresh if i not in table.bad]
    ids = world.ids.take("people_person", len(fresh))
    table.count.new = len(fresh)
    for index, person in zip(fresh, ids, strict=True):
        world.people[codes[index]] = person
        if citizens[index]:
            world.people.setdefault(citizens[index], person)
        if table["died_on"][index]:
            world.died[person] = table["died_on"][index].first
    plan.new_people = dict(zip(ids, fresh, strict=True))
    good = {codes[i] for i in table.good()}
    world.bad_people |= {codes[i] for i in table.bad if codes[i] and codes[i] not in good}
    for index in table.bad:
        world.people.pop(codes[index], None) if codes[index] in world.bad_people and index not in known else None
    _insert(table, plan, terms, ids, fresh, citizens, [c for c in changed if c[0] not in table.bad])


def _citizens(table: Table) -> list[str | None]:
    """The citizen number, which may also stand as the code of the dossier."""
    return [
        n or (c if c and len(c) == 12 and c.isdigit() else None)
        for n, c in zip(table["citizen_id"], table["code"], strict=True)
    ]


def _refuse_shared_numbers(world: World, table: Table, citizens: list[str | None]) -> None:
    first: dict[str, int] = {}
    several = len({c for c in citizens if c}) != sum(1 for c in citizens if c)
    for index, number in enumerate(citizens):
        if number is None or index in table.bad or not (several or number in world.people):
            continue
        earlier = first.setdefault(number, index)
        if earlier != index:
            table.fault(
                index,
                "citizen_id",
                f"số định danh trùng với dòng {table.row(earlier)}.",
                "Mỗi người một số định danh: kiểm tra giấy tờ rồi sửa một trong hai dòng.",
            )
        elif world.people.get(number, world.people.get(table["code"][index])) != world.people.get(table["code"][index]):
            table.fault(
                index,
                "citizen_id",
                "số định danh này đã có ở một hồ sơ khác trong hệ thống.",
                "Dùng mã hồ sơ đã có của người đó, hoặc kiểm tra lại số định danh.",
            )


def _refuse_disorder(table: Table, terms: Terms) -> None:
    for index, (born, died, hired) in enumerate(
        zip(table["born_on"], table["died_on"], table["recruited_on"], strict=True)
    ):
        if born is None or index in table.bad:
            continue
        if born.first > terms.today:
            table.fault(index, "born_on", f"ngày sinh {born} sau ngày nạp.", "Sửa ngày sinh.")
        elif died and died.first < born.first:
            table.fault(index, "died_on", f"ngày mất {died} trước ngày sinh {born}.", "Sửa một trong hai ngày.")
        elif hired and hired.first < born.first:
            table.fault(
                index, "recruited_on", f"ngày tuyển dụng {hired} trước ngày sinh {born}.", "Sửa một trong hai ngày."
            )


def _dossiers(people: list[int]) -> dict[int, Dossier]:
    if not people:
        return {}
    columns = ", ".join(f'"{c}"' for c in COLUMNS)
    rows = rows_of(
        f"SELECT person_id, id, lower(in_force), {columns} FROM {TABLE} "  # noqa: S608
        "WHERE voided_on IS NULL AND upper_inf(in_force) AND person_id = ANY(%s)",
        [people],
    )
    return {row[0]: Dossier(row[1], row[2], tuple(row[3:])) for row in rows}


def _compare(
    world: World,
    table: Table,
    plan: Plan,
    terms: Terms,
    index: int,
    person: int,
    citizen: str | None,
    dossier: Dossier | None,
    changed: list[tuple[int, int, dt.date | None]],
) -> None:
    content = tuple(v for part in PARTS for v in part.split(table[part.field][index]))
    fix = bool(table["fix"][index])
    update: dict[str, object] = {}
    if citizen and world.people.get(citizen) != person:
        update["citizen_id"] = citizen
    differs = dossier is None or content != dossier.content
    if not differs and not update:
        table.count.same += 1
        return
    if fix and not table["note"][index]:
        table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
        return
    table.count.changed += 1
    if differs and content[0] != (dossier.content[0] if dossier else None):
        update |= names(table, index)
    if update:
        plan.people_changed[person] = update
    if not differs:
        return
    if dossier is None:
        changed.append((index, person, None))
        return
    at = COLUMNS.index("died_on")
    if dossier.content[at] is None and content[at] and (*content[:at], None, *content[at + 1 :]) == dossier.content:
        plan.fills.append(Fill(TABLE, dossier.id, (("died_on", content[at]),)))
        world.died[person] = content[at]
        return
    apply = table["apply_on"][index]
    day = apply.first if apply else terms.today
    if fix:
        plan.voids.append(Void(TABLE, dossier.id, table["note"][index]))
        changed.append((index, person, dossier.lower))
    elif dossier.lower is not None and dossier.lower >= day:
        if dossier.lower > day:
            table.fault(
                index,
                "apply_on",
                f"hồ sơ đã có nội dung áp dụng từ {dossier.lower:%d/%m/%Y}, sau ngày này.",
                "Ghi Áp dụng từ muộn hơn, hoặc ghi x vào Sửa sai.",
            )
            return
        plan.voids.append(Void(TABLE, dossier.id, f"Thay bằng số liệu của tệp {terms.source}"))
        changed.append((index, person, day))
    else:
        plan.closes.append(Close(TABLE, dossier.id, day))
        changed.append((index, person, day))


def names(table: Table, index: int) -> dict[str, object]:
    """What a person's row repeats from her newest record."""
    name, other = table["full_name"][index], table["other_names"][index]
    return {
        "name": name,
        "sort_key": name_key(name),
        "search_text": search_text(name, other or "", table["code"][index]),
    }


def _insert(
    table: Table,
    plan: Plan,
    terms: Terms,
    ids: list[int],
    fresh: list[int],
    citizens: list[str | None],
    changed: list[tuple[int, int, dt.date | None]],
) -> None:
    if fresh:
        full, other = [table["full_name"][i] for i in fresh], [table["other_names"][i] for i in fresh]
        plan.inserts.append(
            Inserts(
                "people_person",
                {
                    "id": ids,
                    "code": [table["code"][i] for i in fresh],
                    "citizen_id": [citizens[i] for i in fresh],
                    "name": full,
                    "sort_key": [name_key(n) for n in full],
                    "search_text": [
                        search_text(n, o or "", table["code"][i]) for n, o, i in zip(full, other, fresh, strict=True)
                    ],
                    "work_unit_id": [None] * len(fresh),
                    "party_unit_id": [None] * len(fresh),
                },
            )
        )
    rows = [*fresh, *(i for i, _, _ in changed)]
    if not rows:
        return
    columns: dict[str, list] = {"person_id": [*ids, *(p for _, p, _ in changed)]}
    for part in PARTS:
        cells = [table[part.field][i] for i in rows] if len(rows) != table.size else table[part.field]
        memo = {v: part.split(v) for v in set(cells)}
        split = [memo[v] for v in cells]
        for at, name in enumerate(part.columns):
            columns[name] = [v[at] for v in split]
    lowers = [None] * len(fresh) + [day for _, _, day in changed]
    columns["in_force"] = [(day, FAR) for day in lowers]
    columns["since"] = [
        day or born.first for day, born in zip(lowers, (table["born_on"][i] for i in rows), strict=True)
    ]
    columns["since_precision"] = ["d"] * len(rows)
    columns["historical"] = [terms.historical] * len(rows)
    columns["note"] = [table["note"][i] or "" for i in rows]
    plan.inserts.append(Inserts(TABLE, columns))
