"""Who may open each address: the one table to extend when an address is added.

A line says the permission a reader must hold, or one of the marks below. Addresses with arguments say how a test gets
them, for something in the reader's own province and for the same thing in a foreign one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..factories import Province

PUBLIC = "public"
"""Open to everybody, signed in or not."""
SIGNED_IN = "signed in"
"""Open to every account, whatever it may see."""


@dataclass(frozen=True)
class Address:
    """Who may open an address.

    Args:
        permission: a permission code, ``PUBLIC`` or ``SIGNED_IN``.
        kwargs: the address's arguments for a province, None for an address without any.
        post: the address answers POST only.
        everywhere: the permission must be held everywhere.
        names_nothing: its arguments name nothing of a province, so that nothing of it can be foreign.
        query: appended, such as ``?q=a``; or what to append for a province.
    """

    permission: str
    kwargs: Callable[[Province], dict[str, Any]] | None = None
    post: bool = False
    everywhere: bool = False
    query: str | Callable[[Province], str] = ""
    names_nothing: bool = False


def account_of(province: Province) -> dict[str, Any]:
    """The account that belongs to a province; made by the fixture, named after its root."""
    from canbo.foundation.accounts.models import User

    return {"pk": User.objects.get(username=f"nguoi-{province.root.pk}").pk}


def grant_of(province: Province) -> dict[str, Any]:
    """The grant of that account."""
    from canbo.facts.access.models import Grant

    account = account_of(province)
    return {**account, "grant": Grant.objects.get(user=account["pk"]).pk}


def code_of_unit(province: Province) -> dict[str, Any]:
    """The code of the province's cell."""
    return {"code": province.cell.code}


def code_of_person(province: Province) -> dict[str, Any]:
    """The code of the province's person."""
    return {"code": province.person.code}


def key_of_decision(province: Province) -> dict[str, Any]:
    """The key of the province's decision."""
    return {"pk": province.decision.pk}


def nobodys(province: Province) -> dict[str, Any]:
    """Something that belongs to another account alone: it is not there, for whomever."""
    return {"pk": 999_999_999}


def figure(province: Province) -> str:
    """A unit and a period, as the pages of figures and reports take them."""
    return f"?don_vi={province.root.code}&ky=2024"


def report_of(**more: str) -> Callable[[Province], dict[str, Any]]:
    """The membership report, which every province can write."""
    return lambda province: {"kind": "dang-vien", **more}


def issue_of(**more: str) -> Callable[[Province], dict[str, Any]]:
    """An issued report of the province, with bytes in place of its papers."""

    def found(province: Province) -> dict[str, Any]:
        from canbo.foundation.kernel.actor import operator
        from canbo.foundation.kernel.clock import now, today
        from canbo.readers.reports import drafting
        from canbo.readers.reports.models import Issue

        issue = Issue.objects.filter(unit=province.root).first()
        if issue is None:
            document = drafting.document(operator("thử"), "dang-vien", province.root.code, "2024")
            issue = Issue.objects.create(
                kind="dang-vien",
                unit=province.root,
                period="2024",
                dated=today(),
                issued_at=now(),
                issued_by="thử",
                rulebook_version="0",
                content=document.as_json(),
                docx=b"x",
                docx_sha256="",
                pdf=b"x",
                pdf_sha256="",
            )
        return {"pk": issue.pk, **more}

    return found


def _in_the_body(**more: object) -> Callable[[Province], dict[str, Any]]:
    return lambda province: {"code": province.root.code, **more}


def key_of_position(province: Province) -> dict[str, Any]:
    """A job position of the province's root."""
    from canbo.facts.staffing.models import JobPosition

    from .. import factories

    row = JobPosition.objects.filter(unit=province.root).first()
    if row is None:
        row = JobPosition.objects.create(
            unit=province.root,
            code="CM01",
            name="Chuyên viên",
            name_key="chuyen vien",
            group="chuyen_mon",
            in_force=factories.period(),
            since=factories.START,
        )
    return {"pk": row.pk}


def key_of_placement(province: Province) -> dict[str, Any]:
    """Somebody placed on it."""
    from canbo.facts.staffing.models import Placement

    from .. import factories

    row = Placement.objects.filter(unit=province.root).first() or Placement.objects.create(
        person=province.person,
        unit=province.root,
        position_code="CM01",
        in_force=factories.period(),
        since=factories.START,
    )
    return {"pk": row.pk}


def key_of_description(province: Province) -> dict[str, Any]:
    """What describes it."""
    from canbo.facts.staffing.models import PositionDescription

    from .. import factories

    row = PositionDescription.objects.filter(unit=province.root).first() or PositionDescription.objects.create(
        unit=province.root,
        position_code="CM01",
        in_force=factories.period(),
        since=factories.START,
    )
    return {"pk": row.pk}


def share_of(**more: str) -> Callable[[Province], dict[str, Any]]:
    """A share of a task of the province's person."""

    def found(province: Province) -> dict[str, Any]:
        from ..factories import share

        return {"pk": share(province.person, province.cell).pk, **more}

    return found


def cycle_of(**more: str) -> Callable[[Province], dict[str, Any]]:
    """A cycle of evaluation of the province, with a graded sheet of its person."""

    def found(province: Province) -> dict[str, Any]:
        return {"pk": evaluated(province).cycle_id, **more}

    return found


def case_of(**more: object) -> Callable[[Province], dict[str, Any]]:
    """A restructuring of the province with one line, or one of its lines."""

    def found(province: Province) -> dict[str, Any]:
        import datetime as dt

        from canbo.foundation.kernel.actor import operator
        from canbo.processes.restructuring.actions import draft
        from canbo.processes.restructuring.models import Operation, Restructuring

        case = Restructuring.objects.filter(scope=province.root).first()
        if case is None:
            case = draft(
                operator("thử"),
                title=f"Sắp xếp {province.root}",
                on=dt.date(2026, 12, 31),
                scope=province.root,
                day=dt.date(2026, 1, 1),
                rows=[{"old_code": province.cell.code, "new_code": province.root.code}],
            )
        row = {"row": Operation.objects.get(case=case).pk} if "row" in more else {}
        return {"pk": case.pk, **more, **row}

    return found


def leaving(province: Province) -> dict[str, Any]:
    """The unit of that case which people leave."""
    return {**case_of()(province), "code": province.cell.code}


def carried_out(province: Province) -> dict[str, Any]:
    """That case, with a batch, as if it had been carried out."""
    from canbo.facts.decisions.models import Batch
    from canbo.foundation.kernel.clock import now
    from canbo.processes.restructuring.models import Restructuring

    case = case_of()(province)
    if Restructuring.objects.filter(batch=None, **case).exists():
        batch = Batch.objects.create(source="thử", sha256="0" * 64, loaded_at=now(), loaded_by="thử", counts={})
        Restructuring.objects.filter(**case).update(batch=batch)
    return case


def product_of(province: Province) -> dict[str, Any]:
    """A product of the province's catalogue."""
    from ..factories import product

    return {"pk": product(province.cell).pk}


def proposal_of(province: Province) -> dict[str, Any]:
    """A proposal to add one."""
    from ..factories import proposal

    return {"pk": proposal(province.person, province.cell).pk}


def sheet_of(**more: object) -> Callable[[Province], dict[str, Any]]:
    """That sheet."""
    return lambda province: {"pk": evaluated(province).pk, **more}


def sending_of(province: Province) -> dict[str, Any]:
    """A file for the national database with the result of that sheet."""
    from canbo.foundation.kernel.clock import now
    from canbo.processes.evaluation.models import Sending

    made = {"form": "csv", "rows": 0, "digest": "0", "made_at": now(), "made_by": "thử"}
    cycle = evaluated(province).cycle
    row, _ = Sending.objects.get_or_create(cycle=cycle, unit=province.root, defaults=made)
    return {"pk": row.pk}


def evaluated(province: Province) -> Any:
    """The sheet of the province's person in July 2026."""
    from canbo.processes.evaluation.models import Sheet

    from ..processes.evaluation import world

    sheet = Sheet.objects.filter(person=province.person, period="2026-07").first()
    if sheet is None:
        cycle = world.cycle(province.root)
        sheet, _ = world.graded(cycle, province.person, province.cell, "HTT")
    return sheet


def result_of(province: Province) -> dict[str, Any]:
    """The result of that sheet."""
    return {"pk": evaluated(province).results.get().pk}


def appeal_of(province: Province) -> dict[str, Any]:
    """An appeal against it."""
    from canbo.foundation.kernel.clock import now
    from canbo.processes.evaluation.models import Appeal

    day = dt.date(2026, 8, 10)
    row, _ = Appeal.objects.get_or_create(
        result=evaluated(province).results.get(),
        defaults={"text": "Xin xem lại", "received_on": day, "due_on": day, "filed_at": now(), "filed_by": "thử"},
    )
    return {"pk": row.pk}


def finding_of(province: Province) -> dict[str, Any]:
    """A finding about the province's person."""
    from canbo.foundation.kernel.clock import now
    from canbo.processes.evaluation.models import Finding

    made = {
        "on": dt.date(2026, 7, 2),
        "record": "Kết luận 1",
        "recorded_at": now(),
        "recorded_by": "thử",
        "value": True,
    }
    row, _ = Finding.objects.get_or_create(person=province.person, fact="finding_disunity", defaults=made)
    return {"pk": row.pk}


def leave_of(province: Province) -> dict[str, Any]:
    """An absence of the province's person."""
    from canbo.foundation.kernel.clock import now
    from canbo.processes.evaluation.models import Leave

    day = dt.date(2026, 7, 2)
    made = {"last": day, "kind": "sick", "recorded_at": now(), "recorded_by": "thử"}
    row, _ = Leave.objects.get_or_create(person=province.person, first=day, defaults=made)
    return {"pk": row.pk}


def statistics_of(province: Province) -> str:
    """The statistics of that cycle."""
    return f"?bo={evaluated(province).rulebook}&ky=2026-07"


def local_rule_of(province: Province) -> dict[str, Any]:
    """A draft of a local rule of the province; its points do not add up, so that no test puts it in force."""
    from canbo.foundation.kernel.clock import now
    from canbo.processes.evaluation.models import LocalRule

    day = dt.date(2026, 9, 1)
    row, _ = LocalRule.objects.get_or_create(
        unit=province.root,
        state="draft",
        defaults={
            "rulebook": BOOK, "level": "province", "number": "1-QĐ", "issued_on": day, "issuer": "Cơ quan",
            "subject": "Quy định", "since": day, "changes": {"rows": {"criteria": {"I.1": {"max": 6}}}},
            "written_at": now(), "written_by": "thử",
        },
    )  # fmt: skip
    return {"pk": row.pk}


def book_of(province: Province) -> dict[str, Any]:
    """A rulebook; whose unit it is looked at for stands behind the question mark."""
    return {"code": BOOK}


def for_unit(province: Province) -> str:
    """The unit a rulebook is looked at for."""
    return f"?don_vi={province.root.code}"


BOOK = "nd335-2025-civil-servant"

TABLE: dict[str, Address] = {
    "rulebooks": Address("rules.read"),
    "rulebook": Address("rules.read", book_of, query=for_unit),
    "local_rules_rewrite": Address("rules.write", post=True),
    "local_rule_new": Address("rules.write", book_of, query=for_unit),
    "local_rule": Address("rules.read", local_rule_of),
    "local_rule_edit": Address("rules.write", local_rule_of),
    "local_rule_try": Address("rules.write", local_rule_of, post=True),
    "local_rule_set": Address("rules.write", local_rule_of, post=True),
    "local_rule_withdraw": Address("rules.write", local_rule_of, post=True),
    "local_rule_redate": Address("rules.write", local_rule_of, post=True),
    "local_rule_discard": Address("rules.write", local_rule_of, post=True),
    "restructurings_list": Address("restructuring.read"),
    "restructuring_new": Address("restructuring.prepare"),
    "restructuring_lookup": Address("restructuring.prepare", query="?q=a"),
    "restructuring": Address("restructuring.read", case_of()),
    "restructuring_step": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_withdraw": Address("restructuring.prepare", case_of()),
    "restructuring_rows": Address("restructuring.read", case_of()),
    "restructuring_drop": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_row": Address("restructuring.prepare", case_of(row=True)),
    "restructuring_preview": Address("restructuring.read", case_of()),
    "restructuring_findings": Address("restructuring.read", case_of()),
    "restructuring_questions": Address("restructuring.read", case_of()),
    "restructuring_answer": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_answer_all": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_take_back": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_ways": Address("restructuring.read", case_of()),
    "restructuring_unit_ways": Address("restructuring.read", leaving),
    "restructuring_set_ways": Address("restructuring.prepare", leaving, post=True),
    "restructuring_set_places": Address("restructuring.prepare", leaving, post=True),
    "restructuring_decide": Address("restructuring.apply", case_of()),
    "restructuring_apply": Address("restructuring.apply", case_of(), post=True),
    "restructuring_progress": Address(SIGNED_IN, nobodys),
    "restructuring_annul": Address("restructuring.apply", case_of()),
    "restructuring_waiting_all": Address("restructuring.read"),
    "restructuring_waiting": Address("restructuring.read", case_of()),
    "restructuring_place": Address("restructuring.prepare", case_of(), post=True),
    "restructuring_handing": Address("restructuring.read", carried_out),
    "restructuring_file": Address("restructuring.read", case_of(ending="docx")),
    "day": Address(SIGNED_IN, post=True),
    "large_text": Address(SIGNED_IN, post=True),
    "list_columns": Address(SIGNED_IN, post=True),
    "list_views": Address(SIGNED_IN, post=True),
    "gallery": Address("nobody"),
    "gallery_list": Address("nobody"),
    "accounts_list": Address("access.manage"),
    "account_open": Address("access.manage"),
    "account_detail": Address("access.manage", account_of),
    "account_password": Address("access.manage", account_of, post=True),
    "account_close": Address("access.manage", account_of, post=True),
    "grant_revoke": Address("access.manage", grant_of, post=True),
    "break_glass": Address("access.manage"),
    "audit_log": Address("audit.read", everywhere=True),
    "delegations": Address(SIGNED_IN),
    "desk": Address(SIGNED_IN),
    "search": Address(SIGNED_IN),
    "indicators": Address("report.read", query=figure),
    "indicator": Address("report.read", lambda province: {"code": "DV01"}, query=figure),
    "reports": Address("report.read"),
    "report": Address("report.read", report_of(), query=figure),
    "report_units": Address("report.read", query="?tim=a"),
    "report_file": Address("report.read", report_of(ending="json"), query=figure),
    "report_words": Address("report.write", report_of(), post=True, query=figure),
    "report_issue": Address("report.issue", report_of(), post=True, query=figure),
    "issue": Address("report.read", issue_of()),
    "issue_file": Address("report.read", issue_of(ending="pdf")),
    "statistical_form": Address("report.read", lambda province: {"code": "1-BTCTW"}, query=figure),
    "statistical_form_file": Address(
        "report.read", lambda province: {"code": "1-BTCTW", "ending": "json"}, query=figure
    ),
    "quota_overview": Address("staffing.read", query=figure),
    "quota_overview_file": Address("staffing.read", lambda province: {"ending": "xlsx"}, query=figure),
    "quota_allocation": Address("staffing.read", query=figure),
    "quota_allocation_draft": Address("decision.record", post=True, query=figure),
    "quota_surplus": Address("staffing.read", query=figure),
    "quota_period": Address("staffing.read", query=figure),
    "quota_period_file": Address("staffing.read", lambda province: {"ending": "xlsx"}, query=figure),
    "quota_proposal": Address("report.write", post=True, query=figure),
    "people_list": Address("person.read"),
    "person": Address("person.read", code_of_person),
    "units_list": Address("unit.read"),
    "units_tree": Address("unit.read"),
    "units_chart": Address("unit.read"),
    "units_change": Address("unit.read"),
    "unit": Address("unit.read", code_of_unit),
    "unit_chart": Address("unit.read", code_of_unit),
    "unit_change": Address("unit.read", code_of_unit),
    "party_list": Address("party.read"),
    "assignments_list": Address("staffing.read"),
    "staffing_list": Address("staffing.read"),
    "positions_list": Address("staffing.read"),
    "position_bodies": Address("staffing.read"),
    "position_body": Address("staffing.read", _in_the_body()),
    "position_body_file": Address("staffing.read", _in_the_body()),
    "position": Address("staffing.read", key_of_position),
    "position_file": Address("staffing.read", key_of_position),
    "position_list_draft": Address("staffing.write", _in_the_body()),
    "position_list_keep": Address("staffing.write", _in_the_body(), post=True),
    "position_place": Address("staffing.write", _in_the_body()),
    "placement_end": Address("staffing.write", key_of_placement, post=True),
    "position_describe": Address("staffing.write", key_of_position),
    "position_describe_keep": Address("staffing.write", key_of_position, post=True),
    "position_undescribe": Address("staffing.write", key_of_description, post=True),
    "committees_list": Address("staffing.read"),
    "committee": Address("staffing.read", code_of_unit),
    "committee_file": Address("staffing.read", code_of_unit),
    "training_list": Address("training.read"),
    "decisions_list": Address("decision.read"),
    "decision": Address("decision.read", key_of_decision),
    "decision_file": Address("decision.read", lambda p: {**key_of_decision(p), "ending": "docx"}),
    "decision_new": Address("decision.record"),
    "decision_lookup": Address("decision.record", query="?loai=person&q=a"),
    "drafts_list": Address("decision.record"),
    "draft": Address(SIGNED_IN, lambda _: {"pk": 1}),
    "draft_keep": Address(SIGNED_IN, lambda _: {"pk": 1}, post=True),
    "draft_discard": Address(SIGNED_IN, lambda _: {"pk": 1}, post=True),
    "draft_file": Address(SIGNED_IN, lambda _: {"pk": 1}),
    "decision_annul": Address("decision.annul", key_of_decision),
    "jobs_list": Address(SIGNED_IN),
    "job": Address(SIGNED_IN, nobodys),
    "job_cancel": Address(SIGNED_IN, nobodys, post=True),
    "import": Address("exchange.export"),
    "import_template": Address("exchange.load"),
    "import_result": Address(SIGNED_IN, nobodys),
    "import_load": Address(SIGNED_IN, nobodys, post=True),
    "import_again": Address(SIGNED_IN, nobodys, post=True),
    "import_drop": Address(SIGNED_IN, nobodys, post=True),
    "import_marked": Address(SIGNED_IN, nobodys),
    "batches_list": Address("exchange.load"),
    "batch": Address(SIGNED_IN, nobodys),
    "export": Address("exchange.export"),
    "export_file": Address(SIGNED_IN, nobodys),
    "work_mine": Address(SIGNED_IN),
    "work_ad_hoc": Address(SIGNED_IN),
    "work_share": Address("work.read", share_of()),
    "work_say": Address(SIGNED_IN, lambda _: {"pk": 999_999_999, "what": "trinh"}, post=True),
    "work_given": Address("work.assign"),
    "work_assign": Address("work.assign"),
    "work_series": Address("work.assign"),
    "work_series_new": Address("work.assign"),
    "work_series_end": Address("work.assign", post=True),
    "work_decide": Address("work.assign", lambda _: {"what": "nghiem-thu"}, post=True, names_nothing=True),
    "work_board": Address("work.read"),
    "work_products": Address("work.read"),
    "work_product": Address("work.read", product_of),
    "work_product_new": Address("work.catalogue"),
    "work_product_edit": Address("work.catalogue", product_of),
    "work_products_load": Address("work.catalogue"),
    "work_proposals": Address(SIGNED_IN),
    "work_proposal_new": Address(SIGNED_IN),
    "work_proposal": Address("work.read", proposal_of),
    "account_person": Address("access.manage", account_of, post=True),
    "evaluation_mine": Address(SIGNED_IN),
    "evaluation_sheet": Address(SIGNED_IN, nobodys),
    "evaluation_keep": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_write": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_axes": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_recall": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_explain": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_answer": Address(SIGNED_IN, lambda _: {"pk": 1, "point": 1}, post=True),
    "evaluation_appeal": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_tables": Address(SIGNED_IN),
    "evaluation_table": Address(SIGNED_IN, nobodys),
    "evaluation_review": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_decide": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_give_back": Address(SIGNED_IN, nobodys, post=True),
    "evaluation_lookup": Address("evaluation.read", query="?loai=unit&q=a"),
    "evaluation_cycles": Address("evaluation.read"),
    "evaluation_open": Address("evaluation.manage"),
    "evaluation_cycle": Address("evaluation.read", cycle_of()),
    "evaluation_advance": Address("evaluation.manage", cycle_of(), post=True),
    "evaluation_extend": Address("evaluation.manage", cycle_of(), post=True),
    "evaluation_refresh": Address("evaluation.manage", cycle_of(), post=True),
    "evaluation_close": Address("evaluation.manage", cycle_of()),
    "evaluation_sheets": Address("evaluation.read", cycle_of()),
    "evaluation_absent": Address("evaluation.read", cycle_of()),
    "evaluation_caps": Address("evaluation.read", cycle_of()),
    "evaluation_correct": Address("evaluation.manage", sheet_of()),
    "evaluation_advices": Address("evaluation.manage"),
    "evaluation_advice": Address("evaluation.manage", cycle_of()),
    "evaluation_findings": Address("evaluation.manage"),
    "evaluation_finding_new": Address("evaluation.manage"),
    "evaluation_finding": Address("evaluation.manage", finding_of),
    "evaluation_leaves": Address("evaluation.manage"),
    "evaluation_leave_new": Address("evaluation.manage"),
    "evaluation_leave": Address("evaluation.manage", leave_of),
    "evaluation_suggestions": Address("evaluation.manage", cycle_of()),
    "evaluation_suggest": Address("evaluation.manage", cycle_of()),
    "evaluation_results": Address("evaluation.read", cycle_of()),
    "evaluation_replace": Address("evaluation.read", result_of),
    "evaluation_appeals": Address("evaluation.read"),
    "evaluation_appeal_page": Address("evaluation.read", appeal_of),
    "evaluation_outputs": Address("evaluation.read"),
    "evaluation_summary": Address("evaluation.read", cycle_of()),
    "evaluation_paper": Address("evaluation.read", cycle_of(kind="tong-hop", ending="docx")),
    "evaluation_income": Address("exchange.export", cycle_of()),
    "evaluation_print": Address("evaluation.read", cycle_of(), post=True),
    "evaluation_printed": Address(SIGNED_IN, nobodys),
    "evaluation_form": Address("evaluation.read", sheet_of(ending="docx")),
    "evaluation_statistics": Address("evaluation.read", query=statistics_of),
    "evaluation_behind": Address("evaluation.read", query=statistics_of),
    "evaluation_sendings": Address("evaluation.read"),
    "evaluation_sending": Address("evaluation.read", sending_of),
    "evaluation_sending_make": Address("evaluation.manage", cycle_of(), post=True),
    "evaluation_sending_file": Address("evaluation.manage", sending_of),
    "delegation_end": Address(SIGNED_IN, lambda _: {"pk": 1}, post=True),
}

LIBRARIES = ("account_", "mfa_", "usersessions_", "socialaccount_", "openid_connect_")
"""Addresses of the sign-in library: its own tests hold them; those in ``TABLE`` are ours in spite of the prefix."""
