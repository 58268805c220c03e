"""Totals to be handed on; the staff group of a post, which may be filled in later."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

from canbo.foundation.audit import guards


class Migration(migrations.Migration):

    dependencies = [
        ('decisions', '0002_guards'),
        ('organisation', '0002_guards'),
        ('staffing', '0004_position_guards'),
        ('audit', '0002_guards'),
    ]

    operations = [
        migrations.AddField(
            model_name='assignment',
            name='staff_group',
            field=models.CharField(blank=True, db_default='', max_length=80, verbose_name='nhóm biên chế'),
        ),
        migrations.CreateModel(
            name='QuotaTotal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('historical', models.BooleanField(default=False, verbose_name='số liệu lịch sử')),
                ('note', models.TextField(blank=True, verbose_name='ghi chú')),
                ('voided_on', models.DateField(blank=True, null=True, verbose_name='ngày hủy hiệu lực')),
                ('voided_why', models.TextField(blank=True, verbose_name='lý do hủy hiệu lực')),
                ('in_force', django.contrib.postgres.fields.ranges.DateRangeField(verbose_name='thời gian hiệu lực')),
                ('since', models.DateField(verbose_name='từ ngày')),
                ('since_precision', models.CharField(choices=[('d', 'ngày'), ('m', 'tháng'), ('y', 'năm')], default='d', max_length=1, verbose_name='độ chính xác')),
                ('staff_group', models.CharField(max_length=80, verbose_name='nhóm')),
                ('assigned', models.PositiveIntegerField(verbose_name='giao')),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision', verbose_name='kết thúc theo quyết định')),
                ('closed_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.batch', verbose_name='kết thúc theo đợt nạp')),
                ('opened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.decision', verbose_name='theo quyết định')),
                ('opened_in', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='decisions.batch', verbose_name='đợt nạp')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'tổng biên chế giao',
                'verbose_name_plural': 'tổng biên chế giao',
                'ordering': ('unit', 'staff_group', 'in_force'),
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('voided_on__isnull', True)), expressions=[('unit', '='), ('staff_group', '='), ('in_force', '&&')], name='quota_total_overlap'), models.CheckConstraint(condition=models.Q(('in_force__isempty', False), ('in_force__lower_inf', False)), name='quota_total_period')],
            },
        ),
        guards.guard_fact("staffing_quotatotal"),
        migrations.RunSQL(
            "DROP TRIGGER staffing_assignment_keep ON staffing_assignment; "
            "CREATE TRIGGER staffing_assignment_keep BEFORE UPDATE ON staffing_assignment "
            "FOR EACH ROW EXECUTE FUNCTION canbo_guard_fact('staff_group', 'dated');",
            "DROP TRIGGER staffing_assignment_keep ON staffing_assignment; "
            "CREATE TRIGGER staffing_assignment_keep BEFORE UPDATE ON staffing_assignment "
            "FOR EACH ROW EXECUTE FUNCTION canbo_guard_fact('', 'dated');",
        ),
    ]
