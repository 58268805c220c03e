"""What a load refers to: units, people and decisions, those recorded and those the file brings."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from canbo.foundation.kernel.dates import format_date, parse_date
from canbo.foundation.papers.symbol import symbol_key
from canbo.foundation.runtime.statements import read

FAR = dt.date(9999, 12, 31)


@dataclass
class Ids:
    """Row numbers for new rows: drawn from the table's sequence when writing, negative when only checking."""

    writing: bool
    _last: int = 0

    def take(self, table: str, count: int) -> list[int]:
        if not count:
            return []
        if self.writing:
            found = read(
                "SELECT nextval((SELECT pg_get_serial_sequence(%s, 'id'))) FROM generate_series(1, %s)", [table, count]
            )
            return [row[0] for row in found]
        self._last -= count
        return list(range(self._last, self._last + count))


@dataclass(frozen=True)
class DecisionRef:
    """A decision as far as facts must know it."""

    id: int
    issued_on: dt.date
    in_effect_on: dt.date
    number: str


@dataclass
class World:
    """References of one load.

    ``unit_life`` holds the days a unit exists, as (first, day after the last) pairs in order; ``unsettled`` the people
    of whom a row has a fault; ``closing`` the units that cease to exist by a row of the file (row, day after the last);
    ``deaths`` the people whose day of death a row newly tells (row, day).
    """

    ids: Ids
    units: dict[str, int] = field(default_factory=dict)
    unit_life: dict[int, list[tuple[dt.date, dt.date]]] = field(default_factory=lambda: defaultdict(list))
    unit_shelf: dict[int, str] = field(default_factory=dict)
    unit_kind: dict[int, str] = field(default_factory=dict)
    unit_versions: dict[int, list] = field(default_factory=dict)
    closing: dict[int, tuple[int, dt.date]] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    people_codes: dict[int, str] = field(default_factory=dict)
    known_people: set[int] = field(default_factory=set)
    died: dict[int, dt.date] = field(default_factory=dict)
    deaths: dict[int, tuple[int, dt.date]] = field(default_factory=dict)
    born: dict[int, dt.date] = field(default_factory=dict)
    decisions: dict[str, list[DecisionRef]] = field(default_factory=lambda: defaultdict(list))
    unsettled: set[int] = field(default_factory=set)
    bad_units: set[str] = field(default_factory=set)
    bad_people: set[str] = field(default_factory=set)
    bad_decisions: set[str] = field(default_factory=set)
    _decision_cache: dict[tuple[str, dt.date | None], DecisionRef | str] = field(default_factory=dict)

    def read_units(self) -> None:
        """Every unit and when it existed."""
        self.units = dict(read("SELECT code, id FROM organisation_unit"))
        for unit, lower, upper, shelf, kind in read(
            "SELECT unit_id, lower(in_force), coalesce(upper(in_force), '9999-12-31'), shelf, kind "
            "FROM organisation_unitversion WHERE voided_on IS NULL ORDER BY unit_id, in_force"
        ):
            self.unit_life[unit].append((lower, upper))
            self.unit_shelf[unit], self.unit_kind[unit] = shelf, kind

    def read_people(self, codes: set[str]) -> None:
        """The people a file names, by own code or citizen number."""
        wanted = sorted(codes - self.people.keys())
        if not wanted or not read("SELECT 1 FROM people_person LIMIT 1"):
            return
        for person, code, citizen in read(
            "SELECT id, code, citizen_id FROM people_person WHERE code = ANY(%s) OR citizen_id = ANY(%s)",
            [wanted, wanted],
        ):
            if citizen:
                self.people.setdefault(citizen, person)
            self.people[code] = person
            self.people_codes[person] = code
            self.known_people.add(person)
        for person, born, died in read(
            "SELECT person_id, born_on, died_on FROM people_personrecord "
            "WHERE voided_on IS NULL AND upper_inf(in_force) AND person_id = ANY(%s::bigint[])",
            [list(self.known_people)],
        ):
            self.born[person] = born
            if died:
                self.died[person] = died

    def read_decisions(self, keys: set[str]) -> None:
        """The decisions a file names, by normalised number."""
        for key, ref, issued, effective, number in read(
            "SELECT number_key, id, issued_on, coalesce(effective_on, issued_on), number "
            "FROM decisions_decision WHERE annulled_on IS NULL AND number_key = ANY(%s)",
            [sorted(keys)],
        ):
            self.decisions[key].append(DecisionRef(ref, issued, effective, number))

    def covers(self, unit: int, first: dt.date, upper: dt.date) -> bool:
        """Whether the unit exists on every day from ``first`` up to (not including) ``upper``."""
        reached = first
        for lower, end in self.unit_life.get(unit, ()):
            if lower <= reached < end:
                if end >= upper:
                    return True
                reached = end
        return False

    def life_of(self, unit: int) -> str:
        """When a unit exists, in words: ``01/01/2000 đến 30/06/2025; …``."""
        return "; ".join(
            f"{format_date(a)} đến {format_date(b - dt.timedelta(days=1)) if b != FAR else 'nay'}"
            for a, b in self.unit_life.get(unit, [])
        )

    def decision(self, written: str, day: dt.date | None) -> DecisionRef | str:
        """The decision meant by a cell: ``12-QĐ/TU`` or ``12-QĐ/TU ngày 15/03/2021``; else a message saying why not.

        Where a number stands for several papers, the one in effect on the fact's day is meant, else the newest one
        before it.
        """
        found = self._decision_cache.get((written, day))
        if found is None:
            found = self._decision_cache[written, day] = self._find_decision(written, day)
        return found

    def _find_decision(self, written: str, day: dt.date | None) -> DecisionRef | str:
        number, _, date_part = written.partition(" ngày ")
        key = symbol_key(number)
        known = self.decisions.get(key, [])
        if date_part:
            try:
                wanted = parse_date(date_part).first
            except ValueError:
                return f"ngày trong “{written}” không đọc được."
            known = [d for d in known if d.issued_on == wanted]
        if not known:
            if key in self.bad_decisions:
                return f"quyết định {written} có trong tệp nhưng dòng đó có lỗi."
            return f"chưa có quyết định {written} trong trang Quyết định và trong sổ."
        if len(known) > 1 and day is not None:
            exact = [d for d in known if d.in_effect_on == day]
            before = [d for d in known if d.issued_on <= day]
            nearest = max((d.issued_on for d in before), default=None)
            known = exact if len(exact) == 1 else [d for d in before if d.issued_on == nearest] or known
        if len(known) > 1:
            days = ", ".join(sorted(format_date(d.issued_on) for d in known))
            return f"có {len(known)} quyết định số {number} (ban hành {days}). Ghi rõ: {number} ngày {days[:10]}."
        return known[0]
