"""An assignment says by which act it ends."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("staffing", "0004_position_guards"), ("staffing", "0004_position_codes"), ("audit", "0004_act_of_ending")]

    operations = [guards.ends_by_act("staffing_assignment", "staff_group")]
