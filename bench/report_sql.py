"""The figures of the year-end report as an expert would fetch them by hand: one statement per group of figures.

Written over the same tables and indexes, with the meaning the report gives its figures, and with what a person at
the keyboard knows: both years of a flow come from one pass, and the unexplained difference is arithmetic. What the
report makes of the figures (sentences, labels, comparisons, the rows behind them) is not here.

Parameters: ``unit``; ``first`` and ``last`` of the year; ``p_first`` and ``p_last`` of the year before.
"""


def _members(day: str) -> str:
    """Members of one day by direct subordinate; the unit's own stand under itself."""
    return f"""SELECT {day} = %(last)s AS now, COALESCE(c.branch, %(unit)s) AS branch, count(*),
            count(*) FILTER (WHERE m.official_on IS NULL OR m.official_on > {day}),
            count(*) FILTER (WHERE r.sex = 'nu'), count(*) FILTER (WHERE lower(r.ethnic_group) <> 'kinh'),
            count(*) FILTER (WHERE (m.official_on IS NULL OR m.official_on > {day})
                AND COALESCE(m.ceremony_on, m.admitted_on, m.since) + interval '12 months' < {day}),
            count(who.citizen_id)
        FROM (SELECT low.descendant_id AS unit_id, top.descendant_id AS branch
              FROM organisation_unitpath top JOIN organisation_unitpath low ON low.ancestor_id = top.descendant_id
                AND low.valid_from <= {day} AND {day} < low.valid_to
              WHERE top.ancestor_id = %(unit)s AND top.depth = 1 AND top.valid_from <= {day} AND {day} < top.valid_to
              UNION ALL SELECT %(unit)s, %(unit)s) c
        JOIN party_membership m ON m.unit_id = c.unit_id AND m.voided_on IS NULL AND m.in_force @> {day}
        JOIN people_person who ON who.id = m.person_id
        LEFT JOIN people_personrecord r ON r.person_id = m.person_id AND r.voided_on IS NULL AND r.in_force @> {day}
        GROUP BY branch"""


_UNDER = """p.ancestor_id = %(unit)s AND p.descendant_id = {unit} AND p.valid_from <= {day} AND {day} < p.valid_to"""
_YEARS = "BETWEEN %(p_first)s AND %(last)s"


def _stood(unit: str, day: str, fallback: str) -> str:
    """The day to look a unit up on: that of the event, or the eve where the unit is gone by then."""
    return f"""CASE WHEN EXISTS (SELECT FROM organisation_unitpath s WHERE s.ancestor_id = {unit}
        AND s.descendant_id = {unit} AND s.valid_from <= {day} AND {day} < s.valid_to)
        THEN {day} ELSE {fallback} END"""


def _of_members(table: str, key: str) -> str:
    """What members were given, counted where each stood that day, by key and year."""
    return f"""SELECT x.on >= %(first)s, {key}, count(*) FROM {table} x
        JOIN LATERAL (SELECT m.unit_id, LEAST(x.on, upper(m.in_force) - 1) AS day FROM party_membership m
            WHERE m.person_id = x.person_id AND m.voided_on IS NULL AND lower(m.in_force) <= x.on
            ORDER BY lower(m.in_force) DESC LIMIT 1) b ON TRUE
        JOIN organisation_unitpath p ON {_UNDER.format(unit="b.unit_id", day="b.day")}
        WHERE x.voided_on IS NULL AND x.on {_YEARS} GROUP BY 1, 2""".replace("x.on ", 'x."on" ').replace(
        "x.on,", 'x."on",'
    )


def _of_people(table: str, day: str, keys: str, condition: str) -> str:
    """What happened to people of the unit, by post or by membership, by key and year; a row counts once."""
    return f"""SELECT {day} >= %(first)s, {keys}, count(*) FROM {table} x
        WHERE x.voided_on IS NULL AND {condition} AND EXISTS (
            SELECT FROM (SELECT a.unit_id FROM staffing_assignment a
                WHERE a.person_id = x.person_id AND a.voided_on IS NULL AND a.in_force @> {day}
                UNION ALL SELECT m.unit_id FROM party_membership m
                WHERE m.person_id = x.person_id AND m.voided_on IS NULL AND m.in_force @> {day}) b
            JOIN organisation_unitpath p ON {_UNDER.format(unit="b.unit_id", day=day)})
        GROUP BY 1, {", ".join(str(n + 2) for n in range(keys.count(",") + 1))}"""


_START, _END = "lower(m.in_force)", "upper(m.in_force)"
_ADMITTED = (
    "CASE WHEN m.entry = 'phuc_hoi' THEN lower(m.in_force) ELSE COALESCE(m.admitted_on, m.ceremony_on, m.since) END"
)

STATEMENTS: dict[str, str] = {
    "members": _members("%(last)s::date"),
    "members a year before": _members("%(p_last)s::date"),
    "beginnings": f"""SELECT b.day >= %(first)s, b.entry, top.descendant_id, count(*),
            count(*) FILTER (WHERE r.sex = 'nu'), count(*) FILTER (WHERE lower(r.ethnic_group) <> 'kinh'),
            count(*) FILTER (WHERE lower(COALESCE(NULLIF(r.religion, ''), 'không'))
                NOT IN ('không', 'không theo tôn giáo'))
        FROM (SELECT DISTINCT ON (m.person_id, m.since, m.entry) m.person_id, m.unit_id, m.entry, {_ADMITTED} AS day,
                {_START} AS starts
              FROM party_membership m WHERE m.voided_on IS NULL
                AND m.entry IN ('ket_nap', 'ket_nap_lai', 'phuc_hoi') AND {_ADMITTED} {_YEARS}
              ORDER BY m.person_id, m.since, m.entry, {_START}) b
        CROSS JOIN LATERAL (SELECT {_stood("b.unit_id", "b.day", "b.starts")} AS day) tree
        JOIN organisation_unitpath p ON {_UNDER.format(unit="b.unit_id", day="tree.day")}
        LEFT JOIN (organisation_unitpath low JOIN organisation_unitpath top ON top.ancestor_id = %(unit)s
            AND top.depth = 1 AND low.ancestor_id = top.descendant_id)
            ON low.descendant_id = b.unit_id AND low.valid_from <= tree.day AND tree.day < low.valid_to
            AND top.valid_from <= tree.day AND tree.day < top.valid_to
        LEFT JOIN people_personrecord r ON r.person_id = b.person_id AND r.voided_on IS NULL AND r.in_force @> b.day
        GROUP BY 1, 2, 3""",
    "official": f"""SELECT count(*) FROM party_membership m
        JOIN organisation_unitpath p ON {_UNDER.format(unit="m.unit_id", day="m.official_on")}
        WHERE m.voided_on IS NULL AND m.official_on BETWEEN %(first)s AND %(last)s AND m.in_force @> m.official_on""",
    "arrivals": f"""SELECT {_START} >= %(first)s, count(*) FROM party_membership m
        JOIN organisation_unitpath p ON {_UNDER.format(unit="m.unit_id", day=_START)}
        WHERE m.voided_on IS NULL AND m.entry = 'chuyen_den' AND {_START} {_YEARS}
            AND NOT EXISTS (SELECT FROM party_membership o JOIN organisation_unitpath p
                ON {_UNDER.format(unit="o.unit_id", day=f"({_START} - 1)")}
                WHERE o.person_id = m.person_id AND o.voided_on IS NULL AND o.in_force @> ({_START} - 1))
        GROUP BY 1""",
    "endings": f"""SELECT {_END} >= %(first)s, m.closing_act, count(*) FROM party_membership m
        JOIN organisation_unitpath p
            ON {_UNDER.format(unit="m.unit_id", day=f"({_stood('m.unit_id', _END, f'({_END} - 1)')})")}
        WHERE m.voided_on IS NULL AND m.closing_act <> '' AND {_END} {_YEARS}
            AND (m.closing_act <> 'chuyen_di' OR NOT EXISTS (SELECT FROM party_membership o
                JOIN organisation_unitpath p ON {_UNDER.format(unit="o.unit_id", day=_END)}
                WHERE o.person_id = m.person_id AND o.voided_on IS NULL AND o.in_force @> {_END}))
        GROUP BY 1, 2""",
    "cards": _of_members("party_card", "x.form"),
    "badges": _of_members("party_badge", "x.years"),
    "posts taken": f"""SELECT o.since >= %(first)s, o.acts, count(*), count(DISTINCT o.person_id)
        FROM (SELECT DISTINCT ON (a.person_id, a.unit_id, a.title_key, a.since) a.person_id, a.unit_id, a.since, a.acts
              FROM staffing_assignment a WHERE a.voided_on IS NULL AND a.since {_YEARS}
              ORDER BY a.person_id, a.unit_id, a.title_key, a.since, lower(a.in_force)) o
        JOIN organisation_unitpath p ON {_UNDER.format(unit="o.unit_id", day="o.since")} GROUP BY 1, 2""",
    "posts left": f"""SELECT upper(a.in_force) >= %(first)s, lower(a.closing_act), count(*), count(DISTINCT a.person_id)
        FROM staffing_assignment a
        CROSS JOIN LATERAL (SELECT {_stood("a.unit_id", "upper(a.in_force)", "upper(a.in_force) - 1")} AS day) tree
        JOIN organisation_unitpath p ON {_UNDER.format(unit="a.unit_id", day="tree.day")}
        WHERE a.voided_on IS NULL AND a.closing_act <> '' AND upper(a.in_force) {_YEARS} GROUP BY 1, 2""",
    "courses": _of_people("training_enrolment", 'x."on"', "x.level, x.mode", f'x."on" {_YEARS}'),
    "rewards of people": _of_people("people_award", 'x."on"', "x.form", f'x.person_id IS NOT NULL AND x."on" {_YEARS}'),
    "rewards of units": f"""SELECT x.form, count(*) FROM people_award x
        JOIN organisation_unitpath p ON {_UNDER.format(unit="x.unit_id", day='x."on"')}
        WHERE x.voided_on IS NULL AND x."on" BETWEEN %(first)s AND %(last)s GROUP BY 1""",
    "discipline": _of_people("people_discipline", "lower(x.in_force)", "x.form", f"lower(x.in_force) {_YEARS}"),
    "grades": _of_people("people_grade", 'x."on"', "x.grade", "x.person_id IS NOT NULL AND x.period = %(period)s"),
    "units": f"""SELECT d.day = %(last)s, v.kind, p.depth = 1, count(*)
        FROM (VALUES (%(last)s::date), (%(p_last)s::date)) d(day)
        JOIN organisation_unitversion v ON v.voided_on IS NULL AND v.in_force @> d.day
        JOIN organisation_unitpath p ON {_UNDER.format(unit="v.unit_id", day="d.day")} GROUP BY 1, 2, 3""",
    "quotas": f"""SELECT q.baseline, sum(q.assigned) FROM staffing_staffquota q
        JOIN organisation_unitpath p ON {_UNDER.format(unit="q.unit_id", day="%(last)s::date")}
        WHERE q.voided_on IS NULL AND (q.in_force @> %(last)s::date AND NOT q.baseline
            OR q.baseline AND q.since = (SELECT max(o.since) FROM staffing_staffquota o WHERE o.baseline
                AND o.voided_on IS NULL AND o.unit_id = q.unit_id AND o.staff_group = q.staff_group
                AND o.since <= %(last)s::date)) GROUP BY 1""",
    "present": f"""SELECT count(DISTINCT a.person_id) FROM staffing_assignment a
        JOIN organisation_unitpath p ON {_UNDER.format(unit="a.unit_id", day="%(last)s::date")}
        WHERE a.voided_on IS NULL AND NOT a.concurrent AND a.in_force @> %(last)s::date""",
    "plans": """SELECT indicator, unit_id, breakdown, value FROM organisation_target
        WHERE voided_on IS NULL AND upper_inf(in_force) AND period = %(period)s
            AND (unit_id = %(unit)s OR unit_id IN (SELECT descendant_id FROM organisation_unitpath
                WHERE ancestor_id = %(unit)s AND depth = 1 AND valid_from <= %(last)s AND %(last)s < valid_to))""",
    "names of subordinates": """SELECT v.unit_id, v.name FROM organisation_unitversion v
        JOIN organisation_unitpath p ON p.descendant_id = v.unit_id AND p.ancestor_id = %(unit)s AND p.depth = 1
            AND p.valid_from <= %(last)s AND %(last)s < p.valid_to
        WHERE v.voided_on IS NULL AND v.in_force @> %(last)s::date""",
}
