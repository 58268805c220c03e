"""The actor behind an account: grants of the day, delegations, break-glass."""

from __future__ import annotations

import datetime as dt

import pytest

from canbo.facts.access.models import AccountPerson, BreakGlass, Delegation
from canbo.facts.access.queries import build_actor, covers
from canbo.facts.access.roles import BY_CODE, GLASS, PERMISSIONS, ROLES
from canbo.foundation.kernel.actor import Reach
from canbo.foundation.kernel.clock import VIETNAM

from .. import factories

pytestmark = pytest.mark.django_db
DAY = factories.DAY
NOON = dt.datetime(2024, 6, 15, 12, tzinfo=VIETNAM)


def test_every_role_uses_known_permissions_only():
    for role in ROLES:
        assert role.permissions <= set(PERMISSIONS), role.code
    used = frozenset().union(*(role.permissions for role in ROLES))
    assert used == set(PERMISSIONS)


def test_an_administrator_reads_no_record():
    assert not any(code.startswith(("person.", "party.", "decision.")) for code in BY_CODE["quan_tri"].permissions)


def test_reach_adds_up_over_grants_of_the_day(django_assert_num_queries):
    one, two, gone = (factories.unit(name) for name in ("Một", "Hai", "Ba"))
    user = factories.account("an", "chuyen_vien", one)
    factories.grant(user, "nguoi_xem", two)
    factories.grant(user, "nguoi_xem", gone, until=DAY)
    AccountPerson.objects.create(user=user, person_id=77)
    with django_assert_num_queries(2):
        actor = build_actor(user, DAY, NOON)
    assert actor.reach("person.read") == Reach(units=frozenset({one.pk, two.pk}))
    assert actor.reach("person.write") == Reach(units=frozenset({one.pk}))
    assert actor.person_id == 77
    assert actor.name == "an"
    assert build_actor(user, DAY - dt.timedelta(days=1), NOON).reach("person.read").units == {one.pk, two.pk, gone.pk}


def test_a_grant_without_a_unit_reaches_everywhere_and_an_unknown_role_nowhere():
    assert build_actor(factories.account("an", "nguoi_xem"), DAY, NOON).reach("person.read").everywhere
    assert build_actor(factories.account("binh", "vai_tro_cu"), DAY, NOON).reaches == {}


def test_a_delegation_lends_the_grant_while_it_lasts_and_names_its_giver():
    where = factories.unit("Một")
    chief = factories.account("truong", "lanh_dao", where, display_name="Hà Văn Trưởng")
    deputy = factories.account("pho")
    grant = chief_grant(chief)
    Delegation.objects.create(
        grant=grant,
        delegate=deputy,
        reason="Đi công tác",
        in_force=factories.period(DAY, DAY + dt.timedelta(3)),
        since=DAY,
    )
    actor = build_actor(deputy, DAY, NOON)
    assert actor.reach("report.issue").units == {where.pk}
    assert actor.on_behalf_of == "Hà Văn Trưởng"
    assert not build_actor(deputy, DAY + dt.timedelta(3), NOON).may("report.issue")
    chief.is_active = False
    chief.save()
    assert not build_actor(deputy, DAY, NOON).may("report.issue")


def chief_grant(user):
    from canbo.facts.access.models import Grant

    return Grant.objects.get(user=user)


def test_break_glass_opens_records_as_far_as_one_administers_until_it_ends(django_assert_max_num_queries):
    where = factories.unit("Một")
    admin = factories.account("quantri", "quan_tri", where)
    BreakGlass.objects.create(
        user=admin, reason="Khắc phục sự cố", opened_at=NOON, until=NOON + dt.timedelta(minutes=30)
    )
    with django_assert_max_num_queries(3):
        actor = build_actor(admin, DAY, NOON)
    assert actor.reach("person.read").units == {where.pk}
    assert actor.may(GLASS)
    assert not actor.may("person.write")
    assert not build_actor(admin, DAY, NOON + dt.timedelta(minutes=30)).may("person.read")


def test_break_glass_of_somebody_who_no_longer_administers_opens_nothing():
    user = factories.account("cu", "nguoi_xem", factories.unit("Một"))
    BreakGlass.objects.create(
        user=user, reason="Khắc phục sự cố", opened_at=NOON, until=NOON + dt.timedelta(minutes=30)
    )
    assert not build_actor(user, DAY, NOON).may(GLASS)


def test_a_reach_covers_what_lies_under_it_on_the_day():
    home, foreign = factories.two_provinces()
    reach = Reach(units=frozenset({home.root.pk}))
    assert covers(reach, [home.root.pk, home.cell.pk], DAY)
    assert not covers(reach, [home.cell.pk, foreign.cell.pk], DAY)
    assert not covers(reach, [None], DAY)
    assert not covers(reach, [home.cell.pk], factories.START - dt.timedelta(days=1))
    assert covers(Reach(everywhere=True), [None, foreign.cell.pk], DAY)
