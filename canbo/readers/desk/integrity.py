"""Whether the records are whole: chain, guards, facts, tree, places, backups. Reads only.

The database refuses what the code forgot; these checks say whether somebody made it stop refusing.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunSQL

from canbo.facts.decisions.models import DatedFact, Sourced
from canbo.facts.organisation.actions import rebuild_paths
from canbo.facts.people.rules import search_text
from canbo.foundation.audit.queries import breaks
from canbo.foundation.kernel.text import name_key
from canbo.foundation.runtime.statements import read, run

FUNCTION = re.compile(r"CREATE OR REPLACE FUNCTION (canbo_\w+)\(\).*?\$\$(.*?)\$\$", re.S)
TRIGGER = re.compile(r"CREATE TRIGGER (\w+)")


@dataclass(frozen=True)
class Check:
    """One question and its answer.

    Args:
        name: stable identifier.
        message: the answer in words, with the first few faults.
        count: number of faults, 0 when all is well.
    """

    name: str
    ok: bool
    message: str
    count: int = 0


def checks(day: dt.date) -> Iterator[Check]:
    """Every check, one after the other, as each is done; ``day`` is the day of the places."""
    yield _answer("audit_chain", "Chuỗi nhật ký nguyên vẹn", [f"{b.chain}: {b.message}" for b in breaks()])
    yield _answer("guards", "Đủ các chốt giữ dữ kiện và đều đang bật", list(_missing_guards()))
    yield _answer("constraints", "Đủ các ràng buộc và đều có hiệu lực", list(_missing_constraints()))
    yield _answer("overlaps", "Không có dữ kiện chồng thời gian", _counted(_overlaps))
    yield _answer("annulled", "Không còn dữ kiện đứng trên quyết định đã hủy", _counted(_on_annulled))
    yield _answer("tree", "Cây tổ chức khớp với các phiên bản đơn vị", _tree())
    yield _answer("names", "Tên để tìm và để xếp khớp với hồ sơ", _names())
    yield _answer("places", "Nơi công tác, sinh hoạt khớp với dữ kiện", _places(day))


def _answer(name: str, good: str, faults: list[str]) -> Check:
    if not faults:
        return Check(name, True, good)
    more = f" … và {len(faults) - 5} chỗ khác" if len(faults) > 5 else ""
    return Check(name, False, "; ".join(faults[:5]) + more, len(faults))


def _declared_sql() -> str:
    loader = MigrationLoader(connection)
    own = [m for m in loader.disk_migrations.values() if type(m).__module__.startswith("canbo.")]
    operations = [o for m in own for o in m.operations if isinstance(o, RunSQL)]
    return "\n".join(str(o.sql) for o in operations)


def _missing_guards() -> Iterator[str]:
    """Triggers and guard functions the migrations declare, and what the database has of them."""
    declared = _declared_sql()
    standing: dict[str, Any] = dict(read("SELECT tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal"))
    for name in TRIGGER.findall(declared):
        if name not in standing:
            yield f"thiếu chốt {name}"
        elif standing[name] not in {"O", "A"}:
            yield f"chốt {name} đang tắt"
    bodies: dict[str, str] = dict(read("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'canbo%'"))
    for name, body in dict(FUNCTION.findall(declared)).items():
        if name not in bodies:
            yield f"thiếu hàm {name}"
        elif bodies[name] != body:
            yield f"hàm {name} đã bị sửa"


def _missing_constraints() -> Iterator[str]:
    standing: dict[str, Any] = dict(read("SELECT conname, convalidated FROM pg_constraint"))
    standing |= dict(read("SELECT c.relname, i.indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"))
    for model in apps.get_models():
        if not model.__module__.startswith("canbo."):
            continue
        for constraint in model._meta.constraints:
            if constraint.name not in standing:
                yield f"thiếu ràng buộc {constraint.name}"
            elif not standing[constraint.name]:
                yield f"ràng buộc {constraint.name} chưa được kiểm"


def _facts(base: type[models.Model]) -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, base)]


def _counted(count: Callable[[type[models.Model]], int]) -> list[str]:
    return [
        f"{model._meta.verbose_name}: {found}" for model in _facts(Sourced) if (found := count(model))
    ]  # a table at a time, so that the message says where to look


def _column(model: type[models.Model], field: str) -> str:
    found = model._meta.get_field(field)
    return str(found.column) if isinstance(found, models.Field) else field


def _overlaps(model: type[models.Model]) -> int:
    if not issubclass(model, DatedFact):
        return 0
    total = 0
    for constraint in model._meta.constraints:
        if not isinstance(constraint, ExclusionConstraint):
            continue
        fields = [str(e) for e, _ in constraint.expressions if e != "in_force"]
        columns = ", ".join(_column(model, field) for field in fields)
        rows = model._default_manager.filter(constraint.condition or models.Q())
        sql, values = rows.values_list("pk").query.sql_with_params()
        hit = f"in_force && lag(in_force) OVER (PARTITION BY {columns} ORDER BY in_force)"
        table = model._meta.db_table
        window = f"SELECT count(*) FROM (SELECT {hit} AS hit FROM {table} WHERE id IN ({sql})) w WHERE hit"  # noqa: S608
        total += int(read(window, values)[0][0])
    return total


def _on_annulled(model: type[models.Model]) -> int:
    standing = model._default_manager.filter(voided_on__isnull=True)
    count = standing.filter(opened_by__annulled_on__isnull=False).count()
    if issubclass(model, DatedFact):
        count += standing.filter(closed_by__annulled_on__isnull=False, in_force__upper_inf=False).count()
    return count


_COLUMNS = "ancestor_id, descendant_id, depth, valid_from, valid_to"


def _tree() -> list[str]:
    """Derives the tree once more, into a temporary table that hides the real one, and compares."""
    schema = read("SELECT relnamespace::regnamespace::text FROM pg_class WHERE oid = 'organisation_unitpath'::regclass")
    real = f"{schema[0][0]}.organisation_unitpath"
    with transaction.atomic():
        run(f"CREATE TEMP TABLE organisation_unitpath (LIKE {real} INCLUDING IDENTITY) ON COMMIT DROP")
        rebuild_paths()
        lost, extra = (
            read(f"SELECT count(*) FROM (SELECT {_COLUMNS} FROM {a} EXCEPT ALL SELECT {_COLUMNS} FROM {b}) d")  # noqa: S608
            for a, b in (("pg_temp.organisation_unitpath", real), (real, "pg_temp.organisation_unitpath"))
        )
        run("DROP TABLE pg_temp.organisation_unitpath")
    faults = [(lost[0][0], "đường thiếu"), (extra[0][0], "đường thừa")]
    return [f"{count} {what} trong cây tổ chức" for count, what in faults if count]


_NAMES = """
SELECT p.code, p.name, p.sort_key, p.search_text, r.full_name, r.other_names FROM people_person p JOIN (
  SELECT DISTINCT ON (person_id) person_id, full_name, other_names FROM people_personrecord
  WHERE voided_on IS NULL ORDER BY person_id, in_force DESC) r ON r.person_id = p.id
"""


def _names() -> list[str]:
    """What lists and searches go by is derived once more from the newest dossier, and compared."""
    wrong = sum(
        (name, key, text) != (full, name_key(full)[:400], search_text(full, other, code))
        for code, name, key, text, full, other in read(_NAMES)
    )
    return [f"{wrong} người có tên để tìm hoặc để xếp khác hồ sơ"] if wrong else []


_PARTY = """
SELECT count(*) FROM people_person p LEFT JOIN party_membership m
  ON m.person_id = p.id AND m.voided_on IS NULL AND m.in_force @> %s::date
WHERE p.party_unit_id IS DISTINCT FROM m.unit_id
"""
_WORK = """
SELECT count(*) FROM people_person p LEFT JOIN (
  SELECT person_id, array_agg(unit_id) AS units FROM staffing_assignment
  WHERE voided_on IS NULL AND in_force @> %s::date GROUP BY person_id) a ON a.person_id = p.id
WHERE (p.work_unit_id IS NULL) <> (a.units IS NULL) OR NOT p.work_unit_id = ANY (a.units)
"""


def _places(day: dt.date) -> list[str]:
    found = [(read(_PARTY, [day])[0][0], "nơi sinh hoạt đảng"), (read(_WORK, [day])[0][0], "nơi công tác")]
    return [f"{count} người có {what} khác dữ kiện" for count, what in found if count]
