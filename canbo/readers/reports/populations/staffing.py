"""Posts held, acts on cadres, and staff quotas."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from .base import Population, tree_day

# Acts of one row are named in the order of the catalogue of acts: what moves a person first, the post she gets after.
ACT_ORDER = (
    "tuyển dụng",
    "tiếp nhận",
    "điều động",
    "luân chuyển",
    "biệt phái",
    "giới thiệu ứng cử",
    "giới thiệu tái cử",
    "bầu cử",
    "chỉ định",
    "chuẩn y",
    "phê chuẩn",
    "bổ nhiệm",
    "bổ nhiệm kiêm nhiệm",
    "bổ nhiệm lại",
    "kéo dài thời gian giữ chức vụ",
    "phân công",
    "giao quyền",
    "giao phụ trách",
)
REARRANGED, ENDED_BY_REARRANGING = "bố trí do sắp xếp tổ chức", "kết thúc do sắp xếp tổ chức"
"""A post that went on in the unit its own became: nobody was appointed, transferred or relieved."""
RELIEVING = (
    "miễn nhiệm",
    "từ chức",
    "cho từ chức",
    "thôi giữ chức",
    "thôi giữ chức vụ",
    "cho thôi giữ chức",
    "cho thôi giữ chức vụ",
)


def sql_list(words: tuple[str, ...]) -> str:
    """An SQL array of fixed words of this package."""
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]::text[]"


_ORDERED = (
    f"ARRAY(SELECT lower(w) FROM unnest(a.acts) w ORDER BY array_position({sql_list(ACT_ORDER)}, lower(w)), lower(w))"
)

# Officers of Party organisations and cells are elected and draw on no quota; staff are those whose main post is in an
# agency, on whichever shelf it stands, or in a Party organisation that was itself given a quota.
_STAFF = """NOT a.concurrent AND (NOT (v.shelf = 'dang' AND (v.kind LIKE 'đảng bộ%%' OR v.kind LIKE 'chi bộ%%'))
            OR EXISTS (SELECT 1 FROM staffing_staffquota q WHERE q.unit_id = a.unit_id AND q.voided_on IS NULL
                AND NOT q.baseline AND q.in_force @> %(day)s::date))"""

HOLDERS = Population(
    "holders",
    f"""SELECT a.id AS row_id, a.person_id, a.unit_id, %(day)s::date AS day, %(day)s::date AS tree_day, a.title,
            a.concurrent, a.managed_by, a.term_until, {_STAFF} AS staff
        FROM staffing_assignment a
        JOIN organisation_unitversion v ON v.unit_id = a.unit_id AND v.voided_on IS NULL
            AND v.in_force @> %(day)s::date
        WHERE a.voided_on IS NULL AND a.in_force @> %(day)s::date""",
    "chức vụ đang giữ trong ngày cuối kỳ",
)


def _opened() -> str:
    """Posts taken in the period; a post written on in several rows, or in the unit that succeeded its own, is taken once."""
    return f"""SELECT DISTINCT ON (a.person_id, a.unit_id, a.title_key, a.since) a.id AS row_id, a.person_id, a.unit_id,
            a.since AS day, a.since AS tree_day, a.title, a.concurrent, a.managed_by, {_ORDERED} AS acts
        FROM staffing_assignment a
        WHERE a.voided_on IS NULL AND a.since BETWEEN %(first)s AND %(last)s AND a.acts <> ARRAY['{REARRANGED}']::varchar[]
        ORDER BY a.person_id, a.unit_id, a.title_key, a.since, lower(a.in_force)"""


def _closed() -> str:
    end = "upper(a.in_force)"
    looked_up, join = tree_day("a.unit_id", end, f"({end} - 1)")
    return f"""SELECT a.id AS row_id, a.person_id, a.unit_id, {end} AS day, {looked_up} AS tree_day, a.title,
            a.concurrent, a.managed_by, ARRAY[lower(a.closing_act)] AS acts
        FROM staffing_assignment a{join}
        WHERE a.voided_on IS NULL AND a.closing_act NOT IN ('', '{ENDED_BY_REARRANGING}') AND {end} BETWEEN %(first)s AND %(last)s"""


OPENED = Population("opened", _opened(), "chức vụ bắt đầu giữ trong kỳ")
CLOSED = Population("closed", _closed(), "chức vụ thôi giữ trong kỳ")
DECIDED = Population(
    "decided",
    f"""SELECT o.* FROM ({_opened()}) o
        UNION ALL SELECT c.* FROM ({_closed()}) c WHERE c.acts && {sql_list(RELIEVING)}""",
    "chức vụ bắt đầu giữ và thôi giữ trong kỳ",
)
TERMS = Population(
    "terms",
    """SELECT a.id AS row_id, a.person_id, a.unit_id, a.term_until AS day, %(last)s::date AS tree_day, a.title,
            a.managed_by, a.concurrent
        FROM staffing_assignment a
        WHERE a.voided_on IS NULL AND a.term_until BETWEEN %(first)s AND %(last)s AND a.in_force @> a.term_until""",
    "chức vụ đang giữ có thời hạn kết thúc trong kỳ",
)
QUOTAS = Population(
    "quotas",
    """SELECT q.id AS row_id, NULL::bigint AS person_id, q.unit_id, %(day)s::date AS day, %(day)s::date AS tree_day,
            q.staff_group, q.assigned
        FROM staffing_staffquota q
        WHERE q.voided_on IS NULL AND NOT q.baseline AND q.in_force @> %(day)s::date""",
    "biên chế giao có hiệu lực trong ngày cuối kỳ",
)
BASELINES = Population(
    "baselines",
    """SELECT DISTINCT ON (q.unit_id, q.staff_group) q.id AS row_id, NULL::bigint AS person_id, q.unit_id,
            %(day)s::date AS day, %(day)s::date AS tree_day, q.staff_group, q.assigned
        FROM staffing_staffquota q
        WHERE q.voided_on IS NULL AND q.baseline AND q.since <= %(day)s::date
        ORDER BY q.unit_id, q.staff_group, q.since DESC""",
    "mốc so sánh biên chế gần nhất tính đến ngày cuối kỳ",
)
