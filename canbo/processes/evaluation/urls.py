"""Addresses of evaluation."""

from django.urls import path

from .views import axes, local_rules, own, rulebooks, table

urlpatterns = [
    path("danh-gia/quy-tac/", rulebooks.index, name="rulebooks"),
    path("danh-gia/quy-tac/ghi-lai/", local_rules.rewrite, name="local_rules_rewrite"),
    path("danh-gia/quy-tac/<slug:code>/", rulebooks.detail, name="rulebook"),
    path("danh-gia/quy-tac/<slug:code>/dat-rieng/", local_rules.new, name="local_rule_new"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/", local_rules.detail, name="local_rule"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/sua/", local_rules.edit, name="local_rule_edit"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/thu/", local_rules.try_out, name="local_rule_try"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/ban-hanh/", local_rules.put_in_force, name="local_rule_set"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/rut/", local_rules.withdraw, name="local_rule_withdraw"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/doi-ngay/", local_rules.redate, name="local_rule_redate"),
    path("danh-gia/quy-dinh-rieng/<int:pk>/bo/", local_rules.discard, name="local_rule_discard"),
    path("danh-gia/bang/", table.tables, name="evaluation_tables"),
    path("danh-gia/bang/<int:pk>/", table.table, name="evaluation_table"),
    path("danh-gia/phieu/<int:pk>/nhan-xet/", table.review, name="evaluation_review"),
    path("danh-gia/phieu/<int:pk>/quyet-dinh/", table.decide, name="evaluation_decide"),
    path("danh-gia/phieu/<int:pk>/tra-lai/", table.give_back, name="evaluation_give_back"),
    path("danh-gia/cua-toi/", own.mine, name="evaluation_mine"),
    path("danh-gia/phieu/<int:pk>/", own.sheet, name="evaluation_sheet"),
    path("danh-gia/phieu/<int:pk>/luu/", own.keep, name="evaluation_keep"),
    path("danh-gia/phieu/<int:pk>/ghi/", own.write, name="evaluation_write"),
    path("danh-gia/phieu/<int:pk>/truc/", axes.plan, name="evaluation_axes"),
    path("danh-gia/phieu/<int:pk>/rut/", own.recall, name="evaluation_recall"),
    path("danh-gia/phieu/<int:pk>/giai-trinh/", own.explain, name="evaluation_explain"),
    path("danh-gia/phieu/<int:pk>/goi-y/<int:point>/", own.answer, name="evaluation_answer"),
    path("danh-gia/phieu/<int:pk>/kien-nghi/", own.appeal, name="evaluation_appeal"),
]
