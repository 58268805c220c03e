"""Accounts and their grants, for those who administer them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from canbo.foundation.accounts.passwords import first_password
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.violation import OutOfScope, Refused
from canbo.foundation.ui.forms import attach, tell
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, queries
from ..choices import MANAGE
from ..forms import GrantForm, OpenAccountForm, PersonForm, ReasonForm
from ..roles import BY_CODE, ROLES
from ..tables import AccountFilter, AccountTable, search_accounts


def index(request: Request) -> HttpResponseBase:
    """Accounts the reader administers."""
    new = Action("Mở tài khoản", reverse("account_open"), "plus")
    return list_page(
        request,
        key="accounts",
        title="Tài khoản",
        noun="tài khoản",
        rows=queries.accounts(request.actor),
        table=AccountTable,
        filters=AccountFilter,
        search=search_accounts,
        actions=[new],
        empty=Empty("Chưa có tài khoản nào", "Mở tài khoản cho từng người, giao một vai trò trong một phạm vi.", [new]),
    )


def open_new(request: Request) -> HttpResponse:
    """Opens an account; the first password is on the answer page and nowhere else."""
    request.actor.require(MANAGE)
    form = OpenAccountForm(request.POST or None, actor=request.actor, day=today())
    if request.method == "POST" and form.is_valid():
        password = first_password()
        try:
            user = actions.open_account(request.actor, **form.cleaned_data, password=password, on=today())
        except Refused as refused:
            attach(form, refused)
        else:
            return _password_page(request, user, password)
    return render(request, "access/account_open.html", {"form": form, "roles": ROLES})


def detail(request: Request, pk: int) -> HttpResponse:
    """One account: its grants and delegations; takes a further grant."""
    user = queries.account(request.actor, pk)
    day = today()
    form = GrantForm(request.POST or None, actor=request.actor, day=day, initial={"since": day})
    if request.method == "POST" and form.is_valid():
        try:
            actions.grant(request.actor, user=user, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã phân quyền.")
            return redirect("account_detail", pk)
    return _account_page(request, user, form, PersonForm())


def _account_page(request: Request, user: Any, form: GrantForm, person_form: PersonForm) -> HttpResponse:
    context = {"account": user, "form": form, "person_form": person_form, "person": queries.person_of(user)}
    return render(request, "access/account.html", {**context, **_rights(request, user)})


@require_POST
def person(request: Request, pk: int) -> HttpResponse:
    """Says to which person an account belongs; one person, one account."""
    user = queries.account(request.actor, pk)
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            found, name = queries.person_to_link(request.actor, form.cleaned_data["code"], today())
            actions.link_person(request.actor, user=user, person_id=found, on=today())
        except OutOfScope:
            code = form.cleaned_data["code"]
            form.add_error("code", f"Không có hồ sơ mã {code} trong phạm vi bạn quản trị. Xem mã ở trang hồ sơ.")
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Tài khoản {user.username} gắn với hồ sơ của {name}.")
            return redirect("account_detail", pk)
    grant_form = GrantForm(actor=request.actor, day=today(), initial={"since": today()})
    return _account_page(request, user, grant_form, form)


def _rights(request: Request, user: Any) -> dict[str, Any]:
    day = today()
    grants = [
        {"row": row, "role": BY_CODE.get(row.role), "open": day in row.in_force, "ahead": row.since > day}
        for row in queries.grants(request.actor, user)
    ]
    return {"grants": grants, "delegations": queries.delegations(request.actor, user)}


@require_POST
def new_password(request: Request, pk: int) -> HttpResponse:
    """Gives an account a new first password, shown once."""
    user = queries.account(request.actor, pk)
    password = first_password()
    actions.reset_password(request.actor, user=user, password=password, on=today())
    return _password_page(request, user, password)


def _password_page(request: Request, user: Any, password: str) -> HttpResponse:
    response = render(request, "access/first_password.html", {"account": user, "password": password})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def close(request: Request, pk: int) -> HttpResponse:
    """Closes an account."""
    user = queries.account(request.actor, pk)
    _told(
        request,
        lambda reason: actions.close_account(request.actor, user=user, on=today(), reason=reason),
        "Đã đóng tài khoản.",
    )
    return redirect("account_detail", pk)


@require_POST
def revoke(request: Request, pk: int, grant: int) -> HttpResponse:
    """Ends one grant from today."""
    row = queries.grants(request.actor, queries.account(request.actor, pk)).get(pk=grant)
    _told(
        request, lambda reason: actions.revoke(request.actor, grant=row, on=today(), reason=reason), "Đã thu hồi quyền."
    )
    return redirect("account_detail", pk)


def _told(request: Request, act: Any, done: str) -> None:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi lý do trước khi thu hồi hoặc đóng.")
        return
    try:
        act(form.cleaned_data["reason"])
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, done)
