"""The sheet "Hồ sơ": who people are, and the changes of their dossier."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from canbo.facts.people.rules import search_text
from canbo.foundation.kernel.text import name_key
from canbo.foundation.runtime.statements import read

from .cleaning import Table, refuse_repeats
from .factspecs import Part, partial_date, plain, words
from .plan import Close, Fill, Inserts, Plan, Terms, Void
from .sheets import BY_NAME
from .world import FAR, World

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
DIED = COLUMNS.index("died_on")
_HEADERS = [(part, BY_NAME["Hồ sơ"].by_field[part.field].header) for part in PARTS]


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
    _refuse_same_person(table, known)
    dossiers = _dossiers(list(known.values()))
    changes = Changes(world, table, plan, terms)
    for index, person in known.items():
        if index not in table.bad:
            changes.compare(index, person, citizens[index], dossiers.get(person))
    fresh = [i for i in table.good() if i not in known]
    ids = world.ids.take("people_person", len(fresh))
    table.count.new = len(fresh)
    for index, person in zip(fresh, ids, strict=True):
        world.people[codes[index]] = person
        if citizen := citizens[index]:
            world.people.setdefault(citizen, person)
        if table["died_on"][index]:
            world.died[person] = table["died_on"][index].first
    plan.new_people = dict(zip(ids, fresh, strict=True))
    good = {codes[i] for i in table.good()}
    world.bad_people |= {
        codes[i] for i in table.bad if codes[i] and codes[i] not in good and codes[i] not in world.people
    }
    _insert(table, plan, terms, ids, fresh, citizens, changes.rows)


def _refuse_same_person(table: Table, known: dict[int, int]) -> None:
    """One person named by her own code in one row and by her citizen number in another."""
    first: dict[int, int] = {}
    for index, person in known.items():
        earlier = first.setdefault(person, index)
        if earlier != index:
            table.fault(
                index,
                "code",
                f"mã này và mã ở dòng {table.row(earlier)} là của cùng một người.",
                "Gộp hai dòng làm một.",
            )


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
    rows = read(
        f"SELECT person_id, id, lower(in_force), {columns} FROM {TABLE} "
        "WHERE voided_on IS NULL AND upper_inf(in_force) AND person_id = ANY(%s::bigint[])",
        [people],
    )
    return {row[0]: Dossier(row[1], row[2], tuple(row[3:])) for row in rows}


Change = tuple[int, int, dt.date | None, tuple]
"""Row, person, first day (None: as long as she is known), content."""


@dataclass
class Changes:
    """Rows of people already recorded, and what they change."""

    world: World
    table: Table
    plan: Plan
    terms: Terms
    rows: list[Change] = field(default_factory=list)

    def compare(self, index: int, person: int, citizen: str | None, dossier: Dossier | None) -> None:
        """Compares a row with the newest record of its person."""
        content = self._content(index, dossier)
        known = dossier.content if dossier else None
        update: dict[str, object] = {}
        if citizen and self.world.people.get(citizen) != person:
            update["citizen_id"] = citizen
        if content == known and not update:
            self.table.count.same += 1
            return
        if self.table["fix"][index] and not self.table["note"][index]:
            self.table.fault(index, "note", "dòng sửa sai chưa có lý do.", "Ghi lý do sửa vào Ghi chú.")
            return
        if content != known and not self._write(index, person, dossier, content):
            return
        self.table.count.changed += 1
        if known is None or content[:2] != known[:2]:
            update |= names(self.world.people_codes[person], content[0], content[1])
        if update:
            self.plan.people_changed[person] = update
        self._note_death(index, person, content[DIED], known[DIED] if known else None)

    def _content(self, index: int, dossier: Dossier | None) -> tuple:
        """What the row says; a column that the file does not have says what is recorded."""
        values: list = []
        for part, header in _HEADERS:
            at = len(values)
            if dossier and header not in self.table.sheet.columns:
                values += dossier.content[at : at + len(part.columns)]
            else:
                values += part.split(self.table[part.field][index])
        return tuple(values)

    def _note_death(self, index: int, person: int, died: dt.date | None, known: dt.date | None) -> None:
        if died == known:
            return
        self.world.died.pop(person, None)
        if died:
            self.world.died[person] = died
            self.world.deaths[person] = (index, died)

    def _write(self, index: int, person: int, dossier: Dossier | None, content: tuple) -> bool:
        """Decides how the record changes; False when it cannot."""
        if dossier is None:
            self.rows.append((index, person, None, content))
            return True
        without_death = (*content[:DIED], None, *content[DIED + 1 :])
        if dossier.content[DIED] is None and without_death == dossier.content:
            self.plan.fills.append(Fill(TABLE, dossier.id, (("died_on", content[DIED]),)))
            return True
        if self.table["fix"][index]:
            self.plan.voids.append(Void(TABLE, dossier.id, self.table["note"][index]))
            self.rows.append((index, person, dossier.lower, content))
            return True
        apply = self.table["apply_on"][index]
        day = apply.first if apply else self.terms.today
        if dossier.lower is not None and dossier.lower > day:
            self.table.fault(
                index,
                "apply_on",
                f"hồ sơ đã có nội dung áp dụng từ {dossier.lower:%d/%m/%Y}, sau ngày này.",
                "Ghi Áp dụng từ muộn hơn, hoặc ghi x vào Sửa sai.",
            )
            return False
        if dossier.lower == day:
            self.plan.voids.append(Void(TABLE, dossier.id, f"Thay bằng số liệu của tệp {self.terms.source}".strip()))
        else:
            self.plan.closes.append(Close(TABLE, dossier.id, day))
        self.rows.append((index, person, day, content))
        return True


def names(code: str, name: str, other: str) -> dict[str, object]:
    """What a person's row repeats from her newest record."""
    return {"name": name, "sort_key": name_key(name)[:400], "search_text": search_text(name, other, code)}


def _insert(
    table: Table,
    plan: Plan,
    terms: Terms,
    ids: list[int],
    fresh: list[int],
    citizens: list[str | None],
    changed: list[Change],
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
                    "sort_key": [name_key(n)[:400] for n in full],
                    "search_text": [
                        search_text(n, o or "", table["code"][i]) for n, o, i in zip(full, other, fresh, strict=True)
                    ],
                    "work_unit_id": [None] * len(fresh),
                    "party_unit_id": [None] * len(fresh),
                },
            )
        )
    rows = [*fresh, *(c[0] for c in changed)]
    if not rows:
        return
    columns: dict[str, list] = {"person_id": [*ids, *(c[1] for c in changed)]}
    for part in PARTS:
        cells = [table[part.field][i] for i in rows] if len(rows) != table.size else table[part.field]
        memo = {v: part.split(v) for v in set(cells)}
        split = [memo[v] for v in cells]
        for at, name in enumerate(part.columns):
            columns[name] = [v[at] for v in split]
    for at, change in enumerate(changed, len(fresh)):
        for name, value in zip(COLUMNS, change[3], strict=True):
            columns[name][at] = value
    lowers = [None] * len(fresh) + [c[2] for c in changed]
    columns["in_force"] = [(day, FAR) for day in lowers]
    columns["since"] = [
        day or born.first for day, born in zip(lowers, (table["born_on"][i] for i in rows), strict=True)
    ]
    columns["since_precision"] = ["d"] * len(rows)
    columns["historical"] = [terms.historical] * len(rows)
    columns["note"] = [table["note"][i] or "" for i in rows]
    plan.inserts.append(Inserts(TABLE, columns))
