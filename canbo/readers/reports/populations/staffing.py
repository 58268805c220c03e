"""Posts held, acts on cadres, and staff quotas."""

# ruff: noqa: S608 - the SQL is put together from fixed words of this package; whatever is asked is a parameter.
from __future__ import annotations

from canbo.facts.staffing.queries import assigned_sql, baseline_sql, dated_baseline_sql, gap_sql, present_sql

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

HOLDERS = Population("holders", present_sql(), "chức vụ đang giữ trong ngày cuối kỳ")


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
_PLACED = "NULL::bigint AS person_id, %(day)s::date AS day, %(day)s::date AS tree_day"
QUOTAS = Population(
    "quotas",
    f"""SELECT q.*, {_PLACED}, lower(q.staff_group) = ANY(%(outside)s) AS outside
        FROM ({assigned_sql()}) q WHERE NOT (q.unallocated AND q.assigned = 0)""",
    "biên chế giao có hiệu lực trong ngày cuối kỳ",
)
BASELINES = Population(
    "baselines",
    f"""SELECT q.*, {_PLACED}, lower(q.staff_group) = ANY(%(outside)s) AS outside FROM ({baseline_sql()}) q""",
    "mốc so sánh biên chế gần nhất tính đến ngày cuối kỳ",
)
GAPS = Population(
    "gaps",
    f"""SELECT q.*, {_PLACED} FROM ({gap_sql()}) q WHERE q.assigned <> q.present""",
    "biên chế giao và người có mặt của từng đơn vị, trong ngày cuối kỳ",
)
FORMER = Population(
    "former_quotas",
    f"""SELECT q.*, {_PLACED}, lower(q.staff_group) = ANY(%(outside)s) AS outside
        FROM ({dated_baseline_sql("%(first)s::date")}) q WHERE q.assigned <> 0""",
    "biên chế giao trong ngày đầu kỳ, xếp theo tổ chức của ngày cuối kỳ",
)
