"""Migration operations that make the database refuse what the code forgot.

``AppendOnly`` refuses every change. ``GuardFact`` refuses deletion and rewriting of a fact: it may be closed,
reopened after the closing decision was annulled or its batch undone, completed where a field was empty, and voided;
nothing else. ``GuardEvent`` does the same for facts of one day, which have no period to close.
"""

from __future__ import annotations

from django.db.migrations.operations import RunSQL

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION canbo_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'canbo: không được % trên %: dữ kiện chỉ được đóng hoặc hủy hiệu lực', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION canbo_guard_fact() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fillable text[];
  dated boolean := TG_ARGV[1] = 'dated';
  same record;
  o jsonb;
  n jsonb;
  k text;
  closing boolean := false;
BEGIN
  IF OLD.voided_on IS NOT NULL THEN
    RAISE EXCEPTION 'canbo: %.% đã hủy hiệu lực, không sửa được nữa', TG_TABLE_NAME, OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  same := NEW;
  same.voided_on := OLD.voided_on;
  same.voided_why := OLD.voided_why;
  IF dated THEN
    IF OLD.in_force IS DISTINCT FROM NEW.in_force THEN
      IF lower(OLD.in_force) IS DISTINCT FROM lower(NEW.in_force) THEN
        RAISE EXCEPTION 'canbo: không đổi được ngày bắt đầu của %.%', TG_TABLE_NAME, OLD.id
          USING ERRCODE = 'restrict_violation';
      ELSIF upper_inf(OLD.in_force) THEN
        closing := true;
      ELSIF upper_inf(NEW.in_force) AND (
        EXISTS (SELECT 1 FROM decisions_batch b WHERE b.id = OLD.closed_in_id AND b.undone_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM decisions_decision d WHERE d.id = OLD.closed_by_id AND d.annulled_on IS NOT NULL)) THEN
        closing := true;
      ELSE
        RAISE EXCEPTION 'canbo: %.% đã đóng, không đổi được ngày kết thúc', TG_TABLE_NAME, OLD.id
          USING ERRCODE = 'restrict_violation';
      END IF;
    END IF;
    same.in_force := OLD.in_force;
    IF closing THEN
      same.closed_by_id := OLD.closed_by_id;
      same.closed_in_id := OLD.closed_in_id;
      IF TG_NARGS > 2 THEN  -- a kind of fact that says by which act it ends
        same.closing_act := OLD.closing_act;
      END IF;
    END IF;
  END IF;
  -- Most rows differ in nothing else: comparing them whole costs a tenth of taking them apart column by column.
  IF same *= OLD THEN
    RETURN NEW;
  END IF;
  fillable := string_to_array(TG_ARGV[0], ',');
  o := to_jsonb(OLD);
  n := to_jsonb(same);
  FOR k IN SELECT e.key FROM jsonb_each(n) e WHERE e.value IS DISTINCT FROM o->e.key LOOP
    CONTINUE WHEN (k = ANY(fillable) OR k IN ('opened_by_id', 'note')) AND (o->k = 'null'::jsonb OR o->k = '""'::jsonb);
    RAISE EXCEPTION 'canbo: không sửa được cột % của %.%: hãy đóng dòng này và mở dòng mới', k, TG_TABLE_NAME, OLD.id
      USING ERRCODE = 'restrict_violation';
  END LOOP;
  RETURN NEW;
END $$;
"""


DECISIONS = r"""
CREATE OR REPLACE FUNCTION canbo_guard_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.annulled_on IS NOT NULL
     OR to_jsonb(OLD) - '{annulled_on,annulled_why,annulled_by_id}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{annulled_on,annulled_why,annulled_by_id}'::text[] THEN
    RAISE EXCEPTION 'canbo: quyết định % đã ghi không sửa được, chỉ hủy được một lần', OLD.number
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER decisions_decision_keep BEFORE UPDATE ON decisions_decision
  FOR EACH ROW EXECUTE FUNCTION canbo_guard_decision();
CREATE TRIGGER decisions_decision_rows BEFORE DELETE ON decisions_decision
  FOR EACH ROW EXECUTE FUNCTION canbo_refuse();
CREATE TRIGGER decisions_decision_all BEFORE TRUNCATE ON decisions_decision EXECUTE FUNCTION canbo_refuse();
"""


def guard_decisions() -> RunSQL:
    """The ledger: a decision is annulled once, never rewritten, never removed."""
    return RunSQL(
        DECISIONS,
        "DROP TRIGGER decisions_decision_keep ON decisions_decision; "
        "DROP TRIGGER decisions_decision_rows ON decisions_decision; "
        "DROP TRIGGER decisions_decision_all ON decisions_decision; DROP FUNCTION canbo_guard_decision();",
    )


def install_functions() -> RunSQL:
    """The functions beneath the guards; goes into the first migration of this package."""
    return RunSQL(FUNCTIONS, "DROP FUNCTION canbo_guard_fact(); DROP FUNCTION canbo_refuse();")


def renew_functions() -> RunSQL:
    """The functions as they read now, for a database that was made with an earlier wording."""
    return RunSQL(FUNCTIONS, RunSQL.noop)


def append_only(table: str) -> RunSQL:
    """No row of the table is ever changed or removed."""
    return RunSQL(
        f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION canbo_refuse(); "
        f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION canbo_refuse();",
        f"DROP TRIGGER {table}_rows ON {table}; DROP TRIGGER {table}_all ON {table};",
    )


def ends_by_act(table: str, *fillable: str) -> RunSQL:
    """For a guarded fact that says by which act it ends: the act is written with the end, and taken off with it."""
    keep = (
        "DROP TRIGGER {table}_keep ON {table}; CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION canbo_guard_fact('{fillable}', 'dated'{more});"
    )
    names = ",".join(fillable)
    return RunSQL(
        keep.format(table=table, fillable=names, more=", 'closing_act'"),
        keep.format(table=table, fillable=names, more=""),
    )


def _guard(table: str, fillable: tuple[str, ...], kind: str) -> RunSQL:
    return RunSQL(
        f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION canbo_guard_fact('{','.join(fillable)}', '{kind}'); "
        f"CREATE TRIGGER {table}_rows BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION canbo_refuse(); "
        f"CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} EXECUTE FUNCTION canbo_refuse();",
        f"DROP TRIGGER {table}_keep ON {table}; DROP TRIGGER {table}_rows ON {table}; "
        f"DROP TRIGGER {table}_all ON {table};",
    )


def guard_fact(table: str, *fillable: str) -> RunSQL:
    """A dated fact: closed, reopened after annulment, completed in ``fillable`` columns, voided; nothing else."""
    return _guard(table, fillable, "dated")


def guard_event(table: str, *fillable: str) -> RunSQL:
    """A fact of one day: completed in ``fillable`` columns, voided; nothing else."""
    return _guard(table, fillable, "event")
