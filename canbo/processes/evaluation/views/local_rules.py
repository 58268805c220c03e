"""Local rules on the screen: write, look at, try, put in force, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from canbo.foundation import rulebooks
from canbo.foundation.accounts.request import Request
from canbo.foundation.jobs.actions import submit
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused, Violation
from canbo.foundation.ui.forms import attach, tell

from .. import rules
from ..actions import local_rules as acts
from ..choices import RULES_WRITE
from ..forms.local_rules import LocalRuleForm, RedateForm, SetForm, WithdrawForm
from ..models import LocalRule
from ..queries.local_rules import chain_of, local_rule, may_write, retroactive, staged, units_to_rule
from ..queries.local_trials import AT_ONCE, moves_of, refuse_without_cycle, trial_cycle, trial_rows, trial_sheets
from ..rules.editing import NEW_LINES, as_typed, parts, read, told

TRIAL = "evaluation.try_local_rule"


def new(request: Request, code: str) -> HttpResponse:
    """Writes a local rule for a rulebook."""
    request.actor.require(RULES_WRITE)
    return _editor(request, code, None)


def edit(request: Request, pk: int) -> HttpResponse:
    """Writes a draft anew."""
    row = local_rule(request.actor, pk, write=True)
    if not row.is_draft:
        messages.error(request, "Quy định đã ban hành không sửa được nữa. Rút từ một ngày rồi soạn quy định mới.")
        return redirect("local_rule", pk)
    return _editor(request, row.rulebook, row)


def _editor(request: Request, code: str, row: LocalRule | None) -> HttpResponse:
    loaded = rulebooks.current()
    if code not in rules.codes(loaded):
        raise Http404
    initial: dict[str, Any] = {"since": today()}
    if row is None and request.GET.get("don_vi"):
        initial["unit"] = units_to_rule(request.actor, request.GET["don_vi"]).code
    if row is not None:
        names = ("level", "number", "issued_on", "issuer", "subject", "since")
        initial = {**{name: getattr(row, name) for name in names}, "unit": row.unit.code}
    form = LocalRuleForm(request.POST or None, actor=request.actor, initial=initial)
    posted = request.method == "POST"
    sound = posted and form.is_valid()
    day = form.cleaned_data["since"] if posted and form.cleaned_data.get("since") else initial["since"]
    unit = form.cleaned_data.get("unit") if sound else row.unit if row else None
    try:
        found = rules.book(code, on=day, unit_codes=chain_of(unit, day), rules=loaded)
    except rulebooks.NoRuleInForce as refused:
        if posted:
            form.add_error("since", str(refused))
        found = rules.book(code, on=_some_day(loaded, code), rules=loaded)
        sound = False
    typed: dict[str, str] = {**as_typed(found, row.changes if row else {}), **(request.POST.dict() if posted else {})}
    changes, faults = read(found, request.POST.dict()) if posted else ({}, [])
    if posted:
        attach(form, faults)
    if sound and not faults:
        try:
            saved = acts.write_local_rule(
                request.actor, rulebook=code, row=row, changes=changes, at=now(), **form.cleaned_data
            )
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã lưu dự thảo. Kiểm tra, thử trên kỳ trước rồi ban hành.")
            return redirect("local_rule", saved.pk)
    wrong = {fault.field for fault in faults}
    context = {
        "form": form,
        "book": found,
        "row": row,
        "parts": [
            {
                "part": part,
                "fields": [
                    {"one": one, "typed": typed.get(one.name, one.current), "wrong": one.name in wrong}
                    for one in part.fields
                ],
                "new": [_blank(part.adds, number, typed) for number in range(1, NEW_LINES + 1)] if part.adds else [],
            }
            for part in parts(found)
        ],
    }
    return render(request, "evaluation/local_rule_edit.html", context, status=422 if posted else 200)


def _blank(catalogue: str, number: int, typed: dict[str, str]) -> dict[str, str]:
    name = f"n.{catalogue}.{number}"
    return {"name": name, **{column: typed.get(f"{name}.{column}", "") for column in ("parent", "label", "max")}}


def _some_day(loaded: rulebooks.Rulebooks, code: str) -> Any:
    path = f"evaluation.{code}.track"
    return loaded.history(path, unit=loaded.home(f"evaluation.{code}") or None)[-1].valid_from


def detail(request: Request, pk: int) -> HttpResponse:
    """One local rule: its text, what it changes, what stands against it, its trial and what may be done."""
    return _page(request, local_rule(request.actor, pk))


def _page(request: Request, row: LocalRule, status: int = 200, **forms: Any) -> HttpResponse:
    writes, day = may_write(request.actor, row), today()
    faults: tuple[Violation, ...] = ()
    refusals: list[Violation] = []
    remarks: list[Violation] = []
    if row.is_draft:
        faults = staged(row).faults
        refusals, remarks = retroactive(row, row.since)
    try:
        above = rules.book(row.rulebook, on=row.since, unit_codes=chain_of(row.unit, row.since)[1:])
        changes, title = told(above, row.changes), above.title
    except rulebooks.NoRuleInForce:
        changes, title = [], row.rulebook
    cycle = trial_cycle(row) if row.is_draft and writes else None
    context = {
        "row": row,
        "standing": row.standing(day),
        "book_title": title,
        "changes": changes,
        "faults": [*refusals, *faults],
        "remarks": remarks,
        "writes": writes,
        "cycle": cycle,
        "moves": moves_of(row),
        "trial_rows": trial_rows(request.actor, row),
        "set_form": SetForm(),
        "withdraw_form": WithdrawForm(),
        "redate_form": RedateForm(),
        **forms,
    }
    return render(request, "evaluation/local_rule.html", context, status=status)


@require_POST
def put_in_force(request: Request, pk: int) -> HttpResponse:
    """Puts a draft in force from its day."""
    row = local_rule(request.actor, pk, write=True)
    form = SetForm(request.POST)
    return _done(
        request,
        row,
        form,
        "set_form",
        lambda: acts.set_local_rule(request.actor, row=row, at=now(), agreed=form.cleaned_data["agreed"]),
        f"Đã ban hành; áp dụng cho kỳ bắt đầu từ {row.since:%d/%m/%Y}.",
    )


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraws a local rule from a day on."""
    row = local_rule(request.actor, pk, write=True)
    form = WithdrawForm(request.POST)
    return _done(
        request,
        row,
        form,
        "withdraw_form",
        lambda: acts.withdraw_local_rule(request.actor, row=row, at=now(), **form.cleaned_data),
        "Đã rút.",
    )


@require_POST
def redate(request: Request, pk: int) -> HttpResponse:
    """Withdraws a local rule and drafts it anew for another day."""
    row = local_rule(request.actor, pk, write=True)
    form = RedateForm(request.POST)
    return _done(
        request,
        row,
        form,
        "redate_form",
        lambda: acts.redate_local_rule(request.actor, row=row, at=now(), **form.cleaned_data),
        "Đã rút bản cũ và soạn dự thảo theo ngày mới; kiểm tra rồi ban hành.",
    )


def _done(
    request: Request, row: LocalRule, form: Any, name: str, act: Callable[[], LocalRule], words: str
) -> HttpResponse:
    if form.is_valid():
        try:
            saved = act()
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, words)
            return redirect("local_rule", saved.pk)
    return _page(request, local_rule(request.actor, row.pk), 422, **{name: form})


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Drops a draft."""
    row = local_rule(request.actor, pk, write=True)
    try:
        acts.discard_local_rule(request.actor, row=row)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("local_rule", pk)
    messages.success(request, "Đã bỏ dự thảo.")
    return redirect("rulebooks")


@require_POST
def try_out(request: Request, pk: int) -> HttpResponse:
    """Tries a draft on the last period's sheets: at once when they are few, else in the background."""
    row = local_rule(request.actor, pk, write=True)
    cycle = trial_cycle(row)
    if cycle is None:
        messages.error(request, str(refuse_without_cycle(row)))
        return redirect("local_rule", pk)
    if trial_sheets(row, cycle).count() > AT_ONCE:
        job = submit(request.actor, kind=TRIAL, title=f"Thử {row} trên {cycle.span}", row=row.pk, cycle=cycle.pk)
        return redirect("job", job.pk)
    try:
        acts.try_local_rule(request.actor, row=row, cycle=cycle, at=now())
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, f"Đã thử trên {cycle.span}.")
    return redirect("local_rule", pk)


@require_POST
def rewrite(request: Request) -> HttpResponse:
    """Writes the files of the local rules anew."""
    acts.rewrite_local_files(request.actor)
    messages.success(request, "Đã ghi lại tệp quy tắc theo cơ sở dữ liệu.")
    return redirect("rulebooks")
