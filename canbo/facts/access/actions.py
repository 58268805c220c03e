"""Opening and closing accounts; granting, revoking, delegating; breaking the glass.

Days are arguments; ``since`` is the first day in force, ``until`` the first day no longer in force.
"""

from __future__ import annotations

import datetime as dt
from typing import TypeVar

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.backends.postgresql.psycopg_any import DateRange  # type: ignore[import-untyped]

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.foundation.accounts.models import User
from canbo.foundation.audit.actions import action
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.text import clean
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused, Violation

from . import queries, rules
from .choices import MANAGE
from .models import AccountPerson, BreakGlass, Delegation, Grant
from .roles import role_of

Fact = TypeVar("Fact", Grant, Delegation)


@action("access.account.open", permission=MANAGE, log=("username", "role", "unit"))
def open_account(
    actor: Actor, *, username: str, display_name: str, password: str, role: str, unit: Unit | None, on: dt.date
) -> User:
    """Opens an account with its first grant; its holder must change the password at the first sign-in.

    Args:
        password: shown once to whoever opens the account, kept nowhere.
        unit: scope of the first grant; None for everywhere.
        on: first day of the grant.

    Raises:
        Refused: the name is taken or cannot be used, or the password breaks the policy.
        OutOfScope: the actor does not administer the unit.
    """
    username, display_name = clean(username), clean(display_name)
    faults = rules.username(username)
    if not faults and User.objects.filter(username__iexact=username).exists():
        faults.append(Violation("ACCESS-TAKEN", f"Tên đăng nhập “{username}” đã có.", field="username"))
    if not display_name:
        faults.append(Violation("ACCESS-NAME", "Thiếu họ và tên.", field="display_name"))
    faults += _password_faults(password, User(username=username, display_name=display_name))
    if faults:
        raise Refused(faults)
    user = User(username=username, display_name=display_name, must_change_password=True)
    user.set_password(password)
    user.save()
    _grant(actor, user, role, unit, on, None, None)
    return user


@action("access.account.password", permission=MANAGE, log=("user",))
def reset_password(actor: Actor, *, user: User, password: str, on: dt.date) -> User:
    """Gives an account a new first password; ends its sessions, since they are tied to the old one.

    Raises:
        OutOfScope: not an account the actor administers.
        NotPermitted: the account also reaches beyond what the actor administers.
        Refused: the password breaks the policy.
    """
    _master(actor, user, on)
    if faults := _password_faults(password, user):
        raise Refused(faults)
    user.must_change_password = True
    user.set_password(password)
    user.save()
    return user


@action("access.account.close", permission=MANAGE, log=("user",))
def close_account(actor: Actor, *, user: User, on: dt.date, reason: str) -> User:
    """Closes an account: its grants and the delegations given to it end; it can no longer sign in. Nothing is deleted.

    Raises:
        OutOfScope, NotPermitted: as in ``reset_password``.
        Refused: it is the actor's own, or already closed.
    """
    _master(actor, user, on)
    if user.pk == actor.user_id:
        raise Refused(Violation("ACCESS-CLOSE-SELF", "Không tự đóng tài khoản của mình."))
    if not user.is_active:
        raise Refused(Violation("ACCESS-CLOSED", "Tài khoản đã đóng."))
    for row in [*Grant.objects.at(on).filter(user=user), *Delegation.objects.at(on).filter(delegate=user)]:
        _end(row, on, reason, None)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@action("access.grant.open", permission=MANAGE, log=("user", "role", "unit", "since", "until", "decision"))
def grant(
    actor: Actor,
    *,
    user: User,
    role: str,
    unit: Unit | None,
    since: dt.date,
    until: dt.date | None = None,
    decision: Decision | None = None,
) -> Grant:
    """Gives an account a role over a unit and everything under it (everywhere, without a unit).

    Raises:
        OutOfScope: the actor does not administer the unit, or may not see the account.
        Refused: to oneself, roles that stay apart, already held on one of these days, a period out of order.
    """
    queries.manage_account(actor, user)
    return _grant(actor, user, role, unit, since, until, decision)


@action("access.grant.close", permission=MANAGE, log=("grant", "on", "decision"))
def revoke(actor: Actor, *, grant: Grant, on: dt.date, reason: str, decision: Decision | None = None) -> Grant:
    """Ends a grant: ``on`` is the first day without it. A grant that would never have held is voided.

    Raises:
        OutOfScope: the actor does not administer where the grant reaches.
        Refused: it has ended or been voided already, or no reason is given.
    """
    if not queries.covers(actor.require(MANAGE), [grant.unit_id], on):
        raise OutOfScope("phân quyền")
    _reasoned(reason)
    return _end(grant, on, reason, decision)


@action("access.delegation.open", permission=None, log=("grant", "to", "since", "until"))
def delegate(actor: Actor, *, grant: Grant, to: User, since: dt.date, until: dt.date | None, reason: str) -> Delegation:
    """Lets another account act with one of the actor's own grants for a while.

    Raises:
        OutOfScope: the grant is not the actor's own.
        Refused: a role that cannot be lent, oneself, no reason, no end, longer than the grant, an overlap.
    """
    if not actor.operator and grant.user_id != actor.user_id:
        raise OutOfScope("phân quyền")
    faults = rules.delegating(
        role_of(grant.role), to_oneself=to.pk == grant.user_id, since=since, until=until, reason=reason
    )
    if not to.is_active:
        faults.append(Violation("ACCESS-CLOSED", "Tài khoản được ủy quyền đã đóng.", field="to"))
    end = grant.in_force.upper
    if grant.voided_on or (end and (until is None or until > end)):
        faults.append(Violation("ACCESS-LEND-BEYOND", "Ủy quyền không dài hơn quyền đang giữ.", field="until"))
    if not faults and (
        Delegation.objects.standing()
        .filter(grant=grant, delegate=to, in_force__overlap=DateRange(since, until))
        .exists()
    ):
        faults.append(Violation("ACCESS-LEND-TWICE", "Đã ủy quyền cho người này trong thời gian đó.", field="to"))
    if faults:
        raise Refused(faults)
    return Delegation.objects.create(
        grant=grant, delegate=to, reason=clean(reason), in_force=DateRange(since, until), since=since
    )


@action("access.delegation.close", permission=None, log=("delegation", "on"))
def end_delegation(actor: Actor, *, delegation: Delegation, on: dt.date, reason: str) -> Delegation:
    """Takes a delegation back early; by its giver, or by who administers where it reaches.

    Raises:
        OutOfScope: neither of them.
        Refused: ended already.
    """
    given = delegation.grant
    own = actor.operator or given.user_id == actor.user_id
    if not own and not queries.covers(actor.reach(MANAGE), [given.unit_id], on):
        raise OutOfScope("ủy quyền")
    return _end(delegation, on, reason, None)


@action("access.glass.break", permission=MANAGE, log=("minutes",))
def break_glass(actor: Actor, *, reason: str, minutes: int, at: dt.datetime) -> BreakGlass:
    """Opens records to an administrator for some minutes; every page read meanwhile is logged.

    Raises:
        Refused: no real reason, too long, or no account (the operator needs none).
    """
    faults = rules.breaking_glass(reason=reason, minutes=minutes)
    if actor.user_id is None:
        faults.append(Violation("ACCESS-GLASS-WHO", "Chỉ tài khoản đã đăng nhập mới mở khẩn cấp."))
    if faults or actor.user_id is None:
        raise Refused(faults)
    return BreakGlass.objects.create(
        user_id=actor.user_id, reason=clean(reason), opened_at=at, until=at + dt.timedelta(minutes=minutes)
    )


@action("access.account.person", permission=MANAGE, log=("user", "person_id"))
def link_person(actor: Actor, *, user: User, person_id: int, on: dt.date) -> AccountPerson:
    """Says which person of the records an account belongs to, so that she sees her own file and decides nothing on it.

    Raises:
        OutOfScope, NotPermitted: as in ``reset_password``.
        Refused: the person has another account.
    """
    _master(actor, user, on)
    if AccountPerson.objects.filter(person_id=person_id).exclude(user=user).exists():
        raise Refused(Violation("ACCESS-PERSON-TAKEN", "Hồ sơ này đã gắn với tài khoản khác.", field="person"))
    return AccountPerson.objects.update_or_create(user=user, defaults={"person_id": person_id})[0]


def _grant(
    actor: Actor,
    user: User,
    code: str,
    unit: Unit | None,
    since: dt.date,
    until: dt.date | None,
    decision: Decision | None,
) -> Grant:
    scope = unit.pk if unit else None
    if not queries.covers(actor.require(MANAGE), [scope], since):
        raise OutOfScope(f"đơn vị {unit.code}" if unit else "phạm vi toàn hệ thống")
    role = role_of(code)
    period = DateRange(since, until)
    # The row is locked, so that two grants of one account are judged one after the other: the exclusion
    # constraint does not see two grants without a unit.
    User.objects.select_for_update().get(pk=user.pk)
    held = Grant.objects.standing().filter(user=user)
    roles = set(held.filter(in_force__overlap=period).values_list("role", flat=True))
    faults = rules.granting(role, roles - {code}, to_oneself=user.pk == actor.user_id, since=since, until=until)
    if not user.is_active:
        faults.append(Violation("ACCESS-CLOSED", "Tài khoản đã đóng."))
    if not faults and held.filter(role=code, unit=unit, in_force__overlap=period).exists():
        faults.append(Violation("ACCESS-HELD", f"Tài khoản đã giữ vai trò “{role.name}” ở phạm vi này.", field="role"))
    if faults:
        raise Refused(faults)
    return Grant.objects.create(user=user, role=code, unit=unit, in_force=period, since=since, opened_by=decision)


def _end(row: Fact, on: dt.date, reason: str, decision: Decision | None) -> Fact:
    """Ends an open row; shortens one with a set end by voiding it and writing what really held.

    The database lets an end be set once, so a period that was written with its end is replaced, not changed.
    """
    lower, upper = row.in_force.lower, row.in_force.upper
    if row.voided_on or (upper and upper <= on):
        raise Refused(Violation("ACCESS-ENDED", "Đã kết thúc trước ngày này.", field="on"))
    if upper is None and lower < on:
        row.in_force = DateRange(lower, on)
        row.closed_by = decision
        row.save(update_fields=["in_force", "closed_by"])
        return row
    row.voided_on, row.voided_why = on, clean(reason) or "Thu hồi"
    row.save(update_fields=["voided_on", "voided_why"])
    if lower >= on:
        return row
    row.pk, row._state.adding = None, True
    row.in_force, row.closed_by, row.voided_on, row.voided_why = DateRange(lower, on), decision, None, ""
    row.save()
    return row


def _master(actor: Actor, user: User, on: dt.date) -> None:
    """Whole power over an account needs administration of everything the account reaches."""
    queries.manage_account(actor, user)
    scopes = Grant.objects.at(on).filter(user=user).values_list("unit", flat=True)
    if not queries.covers(actor.require(MANAGE), scopes, on):
        raise NotPermitted("Tài khoản này còn giữ quyền ngoài phạm vi quản lý.")


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refused(Violation("ACCESS-WHY", "Ghi lý do.", field="reason"))


def _password_faults(password: str, user: User) -> list[Violation]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [Violation("ACCESS-PASSWORD", message, field="password") for message in error.messages]
    return []
