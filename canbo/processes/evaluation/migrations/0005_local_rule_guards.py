"""A local rule in force is only withdrawn: it is neither rewritten nor removed, whatever the code does."""

from django.db import migrations

FUNCTIONS = r"""
CREATE OR REPLACE FUNCTION canbo_evaluation_local_rule_keep() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  free text[] := ARRAY['state', 'until', 'reason', 'withdrawn_at', 'withdrawn_by'];
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.state = 'set' AND NEW.state = 'withdrawn'
     AND to_jsonb(OLD) - free = to_jsonb(NEW) - free THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'canbo: quy định riêng đã ban hành (%): chỉ rút từ một ngày, không sửa, không xóa', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER evaluation_localrule_keep BEFORE UPDATE ON evaluation_localrule FOR EACH ROW
  WHEN (OLD.state <> 'draft') EXECUTE FUNCTION canbo_evaluation_local_rule_keep();
CREATE TRIGGER evaluation_localrule_rows BEFORE DELETE ON evaluation_localrule FOR EACH ROW
  WHEN (OLD.state <> 'draft') EXECUTE FUNCTION canbo_evaluation_local_rule_keep();
CREATE TRIGGER evaluation_localrule_all BEFORE TRUNCATE ON evaluation_localrule EXECUTE FUNCTION canbo_refuse();
"""

BACK = """
DROP TRIGGER evaluation_localrule_keep ON evaluation_localrule;
DROP TRIGGER evaluation_localrule_rows ON evaluation_localrule;
DROP TRIGGER evaluation_localrule_all ON evaluation_localrule;
DROP FUNCTION canbo_evaluation_local_rule_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0004_local_rule"), ("audit", "0002_guards")]

    operations = [migrations.RunSQL(FUNCTIONS, BACK)]
