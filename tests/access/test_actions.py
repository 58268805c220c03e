"""Accounts and grants: who may give what to whom, and what the database keeps of it."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.access import actions, queries
from canbo.facts.access.models import AccountPerson, Grant
from canbo.facts.access.queries import build_actor
from canbo.facts.access.roles import GLASS
from canbo.foundation.accounts.models import User
from canbo.foundation.accounts.passwords import first_password
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.clock import VIETNAM
from canbo.foundation.kernel.violation import NotPermitted, OutOfScope, Refused

from .. import factories

pytestmark = pytest.mark.django_db
DAY = factories.DAY
NOON = dt.datetime(2024, 6, 15, 12, tzinfo=VIETNAM)


@pytest.fixture
def provinces() -> tuple[factories.Province, factories.Province]:
    return factories.two_provinces()


@pytest.fixture
def admin(provinces) -> Actor:
    """Administers the first province."""
    return build_actor(factories.account("quantri", "quan_tri", provinces[0].root), DAY, NOON)


def codes(error: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {violation.code for violation in error.value.violations}


def open_one(actor: Actor, **change) -> User:
    values = {"username": "lan", "display_name": "Lan", "password": first_password(), "role": "nguoi_xem", "on": DAY}
    return actions.open_account(actor, **{"unit": None, **values, **change})


def test_an_account_opens_with_its_first_grant_and_one_audit_line(admin, provinces):
    password = first_password()
    user = open_one(admin, unit=provinces[0].cell, password=password)
    assert user.check_password(password)
    assert user.must_change_password
    assert [g.role for g in queries.grants(admin, user, DAY)] == ["nguoi_xem"]
    line = AuditEntry.objects.get(verb="access.account.open")
    assert line.actor == "quantri"
    assert line.object_id == user.pk
    assert line.data["unit"] == f"organisation.unit:{provinces[0].cell.pk}"
    assert password not in str(line.data)


def test_nothing_stays_of_an_account_whose_grant_is_refused(admin, provinces):
    with pytest.raises(OutOfScope):
        open_one(admin, unit=provinces[1].cell)
    assert not User.objects.filter(username="lan").exists()
    assert not AuditEntry.objects.filter(verb="access.account.open").exists()


@pytest.mark.parametrize("name", ["", "A", "có dấu", "-an", "a" * 31])
def test_a_name_that_cannot_be_typed_is_refused(the_operator, name):
    with pytest.raises(Refused) as error:
        open_one(the_operator, username=name)
    assert codes(error) == {"ACCESS-USERNAME"}


def test_all_faults_of_an_account_are_said_at_once(the_operator):
    open_one(the_operator)
    with pytest.raises(Refused) as error:
        open_one(the_operator, username="LAN".lower(), display_name=" ", password="ngan")
    assert {"ACCESS-TAKEN", "ACCESS-NAME", "ACCESS-PASSWORD"} <= codes(error)


def test_nobody_grants_beyond_what_she_manages(admin, provinces):
    home, foreign = provinces
    user = open_one(admin, unit=home.cell)
    for unit in (foreign.root, foreign.cell, None):
        with pytest.raises(OutOfScope):
            actions.grant(admin, user=user, role="nguoi_xem", unit=unit, since=DAY)
    assert actions.grant(admin, user=user, role="bi_thu", unit=home.root, since=DAY).pk
    with pytest.raises(OutOfScope):
        actions.grant(
            admin, user=factories.account("xa", "nguoi_xem", foreign.cell), role="bi_thu", unit=home.cell, since=DAY
        )
    with pytest.raises(NotPermitted):
        actions.grant(build_actor(user, DAY, NOON), user=user, role="quan_tri", unit=home.cell, since=DAY)


def test_nobody_raises_herself_and_nobody_inspects_her_own_administration(admin, provinces, the_operator):
    me = User.objects.get(pk=admin.user_id)
    with pytest.raises(Refused) as error:
        actions.grant(admin, user=me, role="chuyen_vien", unit=provinces[0].root, since=DAY)
    assert codes(error) == {"ACCESS-SELF"}
    with pytest.raises(Refused) as error:
        actions.grant(the_operator, user=me, role="thanh_tra", unit=None, since=DAY)
    assert codes(error) == {"ACCESS-APART"}


def test_a_grant_is_held_once_even_without_a_unit(the_operator):
    user = open_one(the_operator)
    with pytest.raises(Refused) as error:
        actions.grant(the_operator, user=user, role="nguoi_xem", unit=None, since=DAY + dt.timedelta(30))
    assert codes(error) == {"ACCESS-HELD"}


def test_a_revoked_grant_is_closed_and_stays_answerable(the_operator):
    user = open_one(the_operator)
    grant = Grant.objects.get(user=user)
    actions.revoke(the_operator, grant=grant, on=DAY + dt.timedelta(10), reason="Chuyển công tác")
    assert build_actor(user, DAY + dt.timedelta(9), NOON).may("person.read")
    assert not build_actor(user, DAY + dt.timedelta(10), NOON).may("person.read")
    with pytest.raises(Refused):
        actions.revoke(the_operator, grant=grant, on=DAY + dt.timedelta(20), reason="Lần nữa")


def test_revoking_on_the_first_day_voids_and_a_set_end_can_come_earlier(the_operator):
    user = open_one(the_operator)
    actions.revoke(the_operator, grant=Grant.objects.get(user=user), on=DAY, reason="Nhầm người")
    assert not Grant.objects.standing().filter(user=user).exists()
    until = DAY + dt.timedelta(60)
    timed = actions.grant(the_operator, user=user, role="nguoi_xem", unit=None, since=DAY, until=until)
    actions.revoke(the_operator, grant=timed, on=DAY + dt.timedelta(5), reason="Xong việc sớm")
    left = Grant.objects.standing().get(user=user)
    assert left.in_force.upper == DAY + dt.timedelta(5)
    assert Grant.objects.filter(user=user, voided_on__isnull=False).count() == 2


def test_an_administrator_of_a_unit_cannot_take_over_an_account_that_reaches_further(admin, provinces, the_operator):
    user = open_one(admin, unit=provinces[0].cell)
    actions.grant(the_operator, user=user, role="lanh_dao", unit=None, since=DAY)
    with pytest.raises(NotPermitted):
        actions.reset_password(admin, user=user, password=first_password(), on=DAY)
    with pytest.raises(NotPermitted):
        actions.close_account(admin, user=user, on=DAY, reason="Thử")


def test_a_closed_account_may_do_nothing_and_keeps_its_history(the_operator):
    user = open_one(the_operator)
    actions.close_account(the_operator, user=user, on=DAY + dt.timedelta(1), reason="Nghỉ hưu")
    user.refresh_from_db()
    assert not user.is_active
    assert build_actor(user, DAY + dt.timedelta(1), NOON).reaches == {}
    assert Grant.objects.standing().filter(user=user).count() == 1
    with pytest.raises(Refused):
        actions.close_account(the_operator, user=user, on=DAY, reason="Lần nữa")


def test_lending_a_grant(the_operator, provinces):
    chief = open_one(the_operator, role="lanh_dao", unit=provinces[0].root)
    deputy = factories.account("pho")
    me, grant = build_actor(chief, DAY, NOON), Grant.objects.get(user=chief)
    week = {"since": DAY, "until": DAY + dt.timedelta(7), "reason": "Đi học"}
    lent = actions.delegate(me, grant=grant, to=deputy, **week)
    assert build_actor(deputy, DAY, NOON).may("report.issue")
    with pytest.raises(Refused) as error:
        actions.delegate(me, grant=grant, to=deputy, **week)
    assert codes(error) == {"ACCESS-LEND-TWICE"}
    with pytest.raises(Refused) as error:
        actions.delegate(me, grant=grant, to=chief, since=DAY, until=None, reason="")
    assert codes(error) == {"ACCESS-LEND-SELF", "ACCESS-LEND-WHY", "ACCESS-LEND-UNTIL"}
    with pytest.raises(OutOfScope):
        actions.delegate(build_actor(deputy, DAY, NOON), grant=grant, to=factories.account("ba"), **week)
    actions.end_delegation(me, delegation=lent, on=DAY + dt.timedelta(2), reason="Về sớm")
    assert build_actor(deputy, DAY + dt.timedelta(1), NOON).may("report.issue")
    assert not build_actor(deputy, DAY + dt.timedelta(2), NOON).may("report.issue")


def test_administration_cannot_be_lent(admin):
    grant = Grant.objects.get(user_id=admin.user_id)
    with pytest.raises(Refused) as error:
        actions.delegate(
            admin, grant=grant, to=factories.account("pho"), since=DAY, until=DAY + dt.timedelta(1), reason="Bận"
        )
    assert codes(error) == {"ACCESS-LEND"}


def test_breaking_the_glass_needs_a_reason_and_ends(admin, the_operator):
    with pytest.raises(Refused) as error:
        actions.break_glass(admin, reason="xem", minutes=500, at=NOON)
    assert codes(error) == {"ACCESS-GLASS-WHY", "ACCESS-GLASS-LONG"}
    with pytest.raises(Refused):
        actions.break_glass(the_operator, reason="Khắc phục sự cố đăng nhập", minutes=10, at=NOON)
    actions.break_glass(admin, reason="Khắc phục sự cố đăng nhập", minutes=10, at=NOON)
    user = User.objects.get(pk=admin.user_id)
    assert build_actor(user, DAY, NOON).may(GLASS)
    assert not build_actor(user, DAY, NOON + dt.timedelta(minutes=10)).may(GLASS)
    assert AuditEntry.objects.get(verb="access.glass.break").reason == "Khắc phục sự cố đăng nhập"


def test_one_person_has_one_account(the_operator):
    one, two = open_one(the_operator), open_one(the_operator, username="hoa")
    actions.link_person(the_operator, user=one, person_id=5, on=DAY)
    with pytest.raises(Refused):
        actions.link_person(the_operator, user=two, person_id=5, on=DAY)
    actions.link_person(the_operator, user=one, person_id=6, on=DAY)
    assert AccountPerson.objects.get().person_id == 6


def test_an_administrator_sees_the_accounts_of_her_units_only(admin, provinces, the_operator):
    inside = open_one(admin, unit=provinces[0].cell)
    outside = open_one(the_operator, username="xa", unit=provinces[1].cell)
    seen = set(queries.accounts(admin).values_list("username", flat=True))
    assert seen == {"quantri", inside.username}
    with pytest.raises(OutOfScope):
        queries.grants(admin, outside)
    with pytest.raises(OutOfScope):
        queries.unit_to_grant(admin, provinces[1].cell.code, DAY)
    with pytest.raises(OutOfScope):
        queries.unit_to_grant(admin, "KHONG-CO", DAY)
