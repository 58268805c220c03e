"""The database refuses rewriting and deletion; of a share only what its events add up to may change."""

from django.db import migrations

from canbo.foundation.audit import guards

SHARES = r"""
CREATE FUNCTION canbo_guard_share() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (OLD.task_id, OLD.person_id, OLD.part, OLD.origin, OLD.came_from_id, OLD.assigned_on, OLD.due_first, OLD.assigned)
     IS DISTINCT FROM
     (NEW.task_id, NEW.person_id, NEW.part, NEW.origin, NEW.came_from_id, NEW.assigned_on, NEW.due_first, NEW.assigned) THEN
    RAISE EXCEPTION 'canbo: không sửa được phần việc % đã giao: hãy rút và giao lại', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  IF OLD.coef IS NOT NULL AND OLD.coef IS DISTINCT FROM NEW.coef THEN
    RAISE EXCEPTION 'canbo: không sửa được hệ số của phần việc %', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER work_share_keep BEFORE UPDATE ON work_share FOR EACH ROW EXECUTE FUNCTION canbo_guard_share();
CREATE TRIGGER work_share_rows BEFORE DELETE ON work_share FOR EACH ROW EXECUTE FUNCTION canbo_refuse();
CREATE TRIGGER work_share_all BEFORE TRUNCATE ON work_share EXECUTE FUNCTION canbo_refuse();
"""
PROPOSALS = r"""
CREATE FUNCTION canbo_guard_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.answered_on IS NOT NULL
     OR to_jsonb(OLD) - '{answered_on,answered_by,answer,product_id}'::text[]
        IS DISTINCT FROM to_jsonb(NEW) - '{answered_on,answered_by,answer,product_id}'::text[] THEN
    RAISE EXCEPTION 'canbo: không sửa được đề nghị % đã ghi, chỉ trả lời được một lần', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER work_productproposal_keep BEFORE UPDATE ON work_productproposal
  FOR EACH ROW EXECUTE FUNCTION canbo_guard_proposal();
CREATE TRIGGER work_productproposal_rows BEFORE DELETE ON work_productproposal
  FOR EACH ROW EXECUTE FUNCTION canbo_refuse();
CREATE TRIGGER work_productproposal_all BEFORE TRUNCATE ON work_productproposal EXECUTE FUNCTION canbo_refuse();
"""


def _undo(table: str, function: str) -> str:
    drops = "".join(f"DROP TRIGGER {table}_{name} ON {table}; " for name in ("keep", "rows", "all"))
    return f"{drops}DROP FUNCTION {function}();"


class Migration(migrations.Migration):
    dependencies = [("work", "0001_products_tasks_shares"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("work_product"),
        guards.guard_fact("work_taskseries"),
        guards.guard_event("work_task", "product_id", "coefficient"),
        guards.append_only("work_shareevent"),
        migrations.RunSQL(SHARES, _undo("work_share", "canbo_guard_share")),
        migrations.RunSQL(PROPOSALS, _undo("work_productproposal", "canbo_guard_proposal")),
    ]
