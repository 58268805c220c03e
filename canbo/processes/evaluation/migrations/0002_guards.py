"""The database keeps what was concluded: closed cycles and their sheets stand, events and dates are only added."""

from django.db import migrations

from canbo.foundation.audit import guards

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION canbo_evaluation_keep_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := string_to_array(TG_ARGV[0], ',');
  o jsonb := to_jsonb(OLD);
  n jsonb := to_jsonb(NEW);
BEGIN
  -- the column TG_ARGV[1] says the row is settled: from then on nothing moves
  IF coalesce(o->>TG_ARGV[1], '') <> '' OR o - free IS DISTINCT FROM n - free THEN
    RAISE EXCEPTION 'canbo: %.% đã ghi không sửa được; hãy ghi dòng mới', TG_TABLE_NAME, OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION canbo_evaluation_keep_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'canbo: kỳ đánh giá đã đóng (%.%): chỉ thay kết quả bằng quyết định mới', TG_TABLE_NAME, OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE FUNCTION canbo_evaluation_cycle_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM added a JOIN evaluation_cycle c ON c.id = a.cycle_id WHERE c.stage = 'closed') THEN
    RAISE EXCEPTION 'canbo: kỳ đánh giá đã đóng, không thêm vào % được nữa', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER evaluation_cycle_keep BEFORE UPDATE ON evaluation_cycle FOR EACH ROW
  WHEN (OLD.stage = 'closed') EXECUTE FUNCTION canbo_evaluation_keep_closed();
CREATE TRIGGER evaluation_sheet_keep BEFORE UPDATE ON evaluation_sheet FOR EACH ROW
  WHEN (OLD.state = 'closed') EXECUTE FUNCTION canbo_evaluation_keep_closed();
CREATE TRIGGER evaluation_sheet_late AFTER INSERT ON evaluation_sheet
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION canbo_evaluation_cycle_open();
CREATE TRIGGER evaluation_notgraded_late AFTER INSERT ON evaluation_notgraded
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION canbo_evaluation_cycle_open();
CREATE TRIGGER evaluation_result_keep BEFORE UPDATE ON evaluation_result FOR EACH ROW
  EXECUTE FUNCTION canbo_evaluation_keep_only('replaced_on,replaced_why', 'replaced_on');
CREATE TRIGGER evaluation_appeal_keep BEFORE UPDATE ON evaluation_appeal FOR EACH ROW
  EXECUTE FUNCTION canbo_evaluation_keep_only('ended,answer,answered_on,answered_by,new_result_id', 'ended');
CREATE TRIGGER evaluation_leave_keep BEFORE UPDATE ON evaluation_leave FOR EACH ROW
  EXECUTE FUNCTION canbo_evaluation_keep_only('voided_on,voided_why', 'voided_on');
CREATE TRIGGER evaluation_finding_keep BEFORE UPDATE ON evaluation_finding FOR EACH ROW
  EXECUTE FUNCTION canbo_evaluation_keep_only('voided_on,voided_why', 'voided_on');
CREATE TRIGGER evaluation_suggestion_keep BEFORE UPDATE ON evaluation_suggestion FOR EACH ROW
  EXECUTE FUNCTION canbo_evaluation_keep_only('answer,answered_at', '');
"""

KEPT = ("cycle", "sheet", "result", "appeal", "leave", "finding", "suggestion")

REMOVAL = "".join(
    f"CREATE TRIGGER evaluation_{table}_rows BEFORE DELETE ON evaluation_{table} "
    f"FOR EACH ROW EXECUTE FUNCTION canbo_refuse(); "
    f"CREATE TRIGGER evaluation_{table}_all BEFORE TRUNCATE ON evaluation_{table} EXECUTE FUNCTION canbo_refuse();\n"
    for table in KEPT
)

BACK = "".join(
    f"DROP TRIGGER evaluation_{table}_{kind} ON evaluation_{table}; "
    for table in KEPT
    for kind in ("keep", "rows", "all")
) + (
    "DROP TRIGGER evaluation_sheet_late ON evaluation_sheet; "
    "DROP TRIGGER evaluation_notgraded_late ON evaluation_notgraded; "
    "DROP FUNCTION canbo_evaluation_keep_only(); DROP FUNCTION canbo_evaluation_keep_closed(); "
    "DROP FUNCTION canbo_evaluation_cycle_open();"
)


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RunSQL(REMOVAL, BACK),
        guards.append_only("evaluation_event"),
        guards.append_only("evaluation_deadline"),
        guards.append_only("evaluation_allowance"),
    ]
