"""Who may act where today: the actor behind an account, and the accounts one manages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.db.models import Q, QuerySet

from canbo.facts.organisation.models import Unit, UnitPath
from canbo.foundation.accounts.models import User
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.actor import EVERYWHERE, NOWHERE, Actor, Reach
from canbo.foundation.kernel.violation import OutOfScope

from .choices import MANAGE
from .models import AccountPerson, BreakGlass, Delegation, Grant
from .roles import BY_CODE, GLASS, RECORDS


def build_actor(user: User, day: dt.date, now: dt.datetime) -> Actor:
    """The actor behind an account, in three queries.

    Args:
        user: the account that signed in.
        day: grants and delegations in force on this day count.
        now: break-glass sessions open at this moment count.

    Returns:
        An actor whose reaches add up own grants, grants of others delegated to this account, and an open
        break-glass session (which reaches as far as the account administers). A role the product no longer knows
        gives nothing.
    """
    reaches: dict[str, Reach] = {}
    behalf: set[str] = set()
    for grant in _grants_behind(user, day):
        role = BY_CODE.get(grant.role)
        if role is None:
            continue
        reach = _reach_of(grant)
        for permission in role.permissions:
            reaches[permission] = reaches.get(permission, NOWHERE) | reach
        if grant.user_id != user.pk:
            behalf.add(str(grant.user))
    managed = reaches.get(MANAGE, NOWHERE)
    if managed and BreakGlass.objects.filter(user=user, opened_at__lte=now, until__gt=now).exists():
        for permission in (*RECORDS, GLASS):
            reaches[permission] = reaches.get(permission, NOWHERE) | managed
    return Actor(
        name=str(user),
        user_id=user.pk,
        person_id=AccountPerson.objects.filter(user=user).values_list("person_id", flat=True).first(),
        reaches=reaches,
        on_behalf_of=", ".join(sorted(behalf)) or None,
    )


def giver_of(job: Job, day: dt.date, now: dt.datetime) -> Actor:
    """Whoever gave work to the background, with the rights of today; the operator where the command line gave it."""
    if job.owner_id is None:
        return Actor(name=job.owner_name, operator=True)
    user = User.objects.get(pk=job.owner_id)
    return build_actor(user, day, now) if user.is_active else Actor(name=str(user), user_id=user.pk)


def _grants_behind(user: User, day: dt.date) -> QuerySet[Grant]:
    """Grants that speak for an account: its own, and those that open accounts delegated to it."""
    delegated = Delegation.objects.at(day).filter(delegate=user).values("grant")
    return Grant.objects.at(day).filter(Q(user=user) | Q(pk__in=delegated, user__is_active=True)).select_related("user")


def principals(actor: Actor, permission: str, day: dt.date) -> dict[int, Reach]:
    """Persons for whom an actor acts on a day by delegation, each with how far the delegated permission reaches.

    Only persons linked to the account that delegated; two queries.
    """
    if actor.user_id is None:
        return {}
    rows = Delegation.objects.at(day).filter(
        delegate=actor.user_id, grant__user__is_active=True, grant__in_force__contains=day, grant__voided_on=None
    )
    found: dict[int, Reach] = {}
    lent = [row.grant for row in rows.select_related("grant")]
    persons = dict(
        AccountPerson.objects.filter(user__in={grant.user_id for grant in lent}).values_list("user_id", "person_id")
    )
    for grant in lent:
        role = BY_CODE.get(grant.role)
        if role is not None and permission in role.permissions and grant.user_id in persons:
            person = persons[grant.user_id]
            found[person] = found.get(person, NOWHERE) | _reach_of(grant)
    return found


def own_reach(actor: Actor, permission: str, day: dt.date) -> Reach:
    """Where an actor holds a permission by grants of her own on a day, not by those delegated to her."""
    if actor.user_id is None:
        return actor.reach(permission)
    found = NOWHERE
    for grant in Grant.objects.at(day).filter(user=actor.user_id):
        role = BY_CODE.get(grant.role)
        if role is not None and permission in role.permissions:
            found = found | _reach_of(grant)
    return found


def _reach_of(grant: Grant) -> Reach:
    return EVERYWHERE if grant.unit_id is None else Reach(units=frozenset({grant.unit_id}))


def grants(actor: Actor, user: User, day: dt.date | None = None) -> QuerySet[Grant]:
    """Grants of one account, newest first; with ``day`` only those in force on it.

    Raises:
        OutOfScope: the actor does not manage the account and is not its holder.
    """
    if actor.user_id != user.pk:
        manage_account(actor, user)
    rows = Grant.objects.standing().filter(user=user).select_related("unit", "opened_by").order_by("-in_force", "id")
    return rows if day is None else rows.filter(in_force__contains=day)


def delegations(actor: Actor, user: User) -> QuerySet[Delegation]:
    """Delegations given by or to an account, newest first; OutOfScope as in ``grants``."""
    if actor.user_id != user.pk:
        manage_account(actor, user)
    rows = Delegation.objects.standing().filter(Q(grant__user=user) | Q(delegate=user))
    return rows.select_related("grant__user", "grant__unit", "delegate").order_by("-in_force", "-id")


def accounts(actor: Actor) -> QuerySet[User]:
    """Accounts the actor administers, by name.

    A unit's administrator sees the accounts that were ever granted something in her scope; accounts without any
    grant are seen by those who administer everywhere.

    Raises:
        NotPermitted: the actor administers nothing.
    """
    reach = actor.require(MANAGE)
    rows = User.objects.order_by("username")
    if reach.everywhere:
        return rows
    inside = Grant.objects.standing().filter(unit__in=units_within(reach))
    return rows.filter(pk__in=inside.values("user"))


def accounts_with_grants(actor: Actor, day: dt.date) -> list[tuple[User, list[Grant]]]:
    """Accounts the actor administers, each with its grants in force on a day, in two queries."""
    rows = list(accounts(actor))
    held: dict[int, list[Grant]] = {}
    for grant in Grant.objects.at(day).filter(user__in=rows).select_related("unit").order_by("role", "id"):
        held.setdefault(grant.user_id, []).append(grant)
    return [(user, held.get(user.pk, [])) for user in rows]


def manage_account(actor: Actor, user: User) -> User:
    """The account, if the actor administers it; raises OutOfScope or NotPermitted."""
    if not accounts(actor).filter(pk=user.pk).exists():
        raise OutOfScope(f"tài khoản {user.username}")
    return user


def account(actor: Actor, pk: int) -> User:
    """One administered account by its key; raises OutOfScope when there is none for this actor."""
    found = accounts(actor).filter(pk=pk).first()
    if found is None:
        raise OutOfScope("tài khoản")
    return found


def open_account_named(username: str) -> User | None:
    """The open account of a name; anybody who signed in may lend her rights to anybody who can."""
    return User.objects.filter(username__iexact=username, is_active=True).first()


def units_within(reach: Reach, day: dt.date | None = None) -> QuerySet[UnitPath, int]:
    """Ids of the units under a reach on a day (ever, without a day), the units themselves included."""
    paths = UnitPath.objects.filter(ancestor__in=reach.units)
    if day is not None:
        paths = paths.filter(valid_from__lte=day, valid_to__gt=day)
    return paths.values_list("descendant_id", flat=True)


def covers(reach: Reach, units: Iterable[int | None], day: dt.date) -> bool:
    """Whether a reach covers all of the units on a day; None stands for everywhere."""
    wanted = set(units)
    if reach.everywhere:
        return True
    if None in wanted:
        return False
    rest = {unit for unit in wanted if unit is not None} - reach.units
    return not rest or set(units_within(reach, day).filter(descendant__in=rest)) >= rest


def sole_lenders(actor: Actor, permission: str, unit_ids: Iterable[int], day: dt.date) -> dict[int, set[int]]:
    """By unit, the people by whose lent rights alone the actor holds a permission there.

    Nobody decides on herself, nor another for her with the rights she lent; whoever holds the permission of her own
    there, or from somebody else too, is not bound.
    """
    if actor.user_id is None or actor.on_behalf_of is None:
        return {}
    lent = Delegation.objects.at(day).filter(delegate_id=actor.user_id).values("grant")
    grants = [
        row
        for row in Grant.objects.at(day).filter(Q(user_id=actor.user_id) | Q(pk__in=lent, user__is_active=True))
        if row.role in BY_CODE and permission in BY_CODE[row.role].permissions
    ]
    holders = {row.user_id for row in grants}
    people = dict(AccountPerson.objects.filter(user_id__in=holders).values_list("user_id", "person_id"))
    found = {}
    for unit_id in set(unit_ids):
        over = {row.user_id for row in grants if covers(_reach_of(row), [unit_id], day)}
        if over and actor.user_id not in over and len({people.get(user) for user in over}) == 1:
            person = people.get(next(iter(over)))
            found[unit_id] = {person} if person is not None else set()
    return found


def unit_to_grant(actor: Actor, code: str, day: dt.date) -> Unit:
    """The unit of a code, for a grant.

    Administrators choose units by code without reading them; hence here, and not by ``unit.read``.

    Raises:
        OutOfScope: no such unit, or not one the actor administers.
    """
    reach = actor.require(MANAGE)
    unit = Unit.objects.filter(code=code).first()
    if unit is None or not covers(reach, [unit.pk], day):
        raise OutOfScope(f"đơn vị {code}")
    return unit


def person_to_link(actor: Actor, code: str, day: dt.date) -> tuple[int, str]:
    """Key and name of the person with a code, to whom an account shall belong.

    Administrators name people by code without reading their files; hence here, and not by ``person.read``.

    Raises:
        OutOfScope: nobody has the code, or she works and sits where the actor administers nothing.
    """
    reach = actor.require(MANAGE)
    found = apps.get_model("people.Person").objects.filter(code=code.strip()).first()
    if found is not None:
        places = [place for place in (found.work_unit_id, found.party_unit_id) if place is not None]
        if reach.everywhere or any(covers(reach, [place], day) for place in places):
            return found.pk, found.name
    raise OutOfScope(f"hồ sơ có mã {code}")


def person_of(user: User) -> tuple[str, str] | None:
    """Code and name of the person an account belongs to, None when it belongs to nobody."""
    pk = AccountPerson.objects.filter(user=user).values_list("person_id", flat=True).first()
    if pk is None:
        return None
    found = apps.get_model("people.Person").objects.filter(pk=pk).values_list("code", "name").first()
    return (found[0], found[1]) if found else None
