"""The catalogue of a body: its own products, and those of the bodies above it whose codes it does not use itself."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from canbo.facts.organisation.models import Unit, UnitPath
from canbo.facts.organisation.queries import acting_day, reaches, within
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.text import fold
from canbo.foundation.kernel.violation import OutOfScope

from ..choices import ASSIGN, CATALOGUE, READ
from ..models import Product, ProductProposal, Share


def reading(actor: Actor) -> Reach:
    """Where an actor reads catalogues: wherever she has to do with work."""
    return actor.reach(READ) | actor.reach(ASSIGN) | actor.reach(CATALOGUE)


def products_for(unit: Unit | int, day: dt.date) -> QuerySet[Product]:
    """The catalogue in force for a unit on a day: of two products with one code the nearer body's holds."""
    nearest = _inherited(unit, day).order_by("code", "depth", "id").distinct("code").values("pk")
    return Product.objects.filter(pk__in=nearest).select_related("unit").order_by("group", "code", "id")


def _inherited(unit: Unit | int, day: dt.date) -> QuerySet[Product]:
    """Products of a unit and its superiors, each with how far above its body lies."""
    pk = unit.pk if isinstance(unit, Unit) else unit
    paths = UnitPath.objects.filter(descendant_id=pk, valid_from__lte=day, valid_to__gt=day)
    depth = paths.filter(ancestor_id=OuterRef("unit_id")).order_by("depth").values("depth")[:1]
    return Product.objects.at(day).filter(unit_id__in=paths.values("ancestor_id")).annotate(depth=Subquery(depth))


def matching_products(rows: QuerySet[Product], text: str) -> QuerySet[Product]:
    """Products whose name, output, duty or code holds every word, diacritics or not."""
    for word in fold(text).split():
        rows = rows.filter(search_text__contains=word)
    return rows


def usual_products(unit: Unit | int, person_id: int, day: dt.date, limit: int = 8) -> list[Product]:
    """A short list for ad hoc work: what this person did most lately, then what the body marks as usual."""
    rows = products_for(unit, day)
    since = day - dt.timedelta(days=180)
    mine = (
        Share.objects.filter(person_id=person_id, assigned_on__gte=since, task__product__isnull=False)
        .values("task__product__code")
        .annotate(times=Count("id"), last=Max("assigned_on"))
        .order_by("-times", "-last", "task__product__code")
        .values_list("task__product__code", flat=True)[:limit]
    )
    codes = list(mine)
    known = {row.code: row for row in rows.filter(Q(code__in=codes) | Q(usual=True))}
    first = [known[code] for code in codes if code in known]
    rest = [row for code, row in known.items() if row.usual and code not in codes]
    return [*first, *rest][:limit]


def catalogue(actor: Actor, day: dt.date) -> QuerySet[Product]:
    """Every product in force on a day in the catalogues of the actor's units, with those they inherit."""
    reach = reading(actor)
    rows = Product.objects.at(day).select_related("unit", "opened_by")
    if reach.everywhere:
        return rows
    inherited = UnitPath.objects.filter(descendant_id__in=reach.units, valid_from__lte=day, valid_to__gt=day)
    own = within(Product.objects.all(), reach, day)
    return rows.filter(Q(pk__in=own.values("pk")) | Q(unit_id__in=inherited.values("ancestor_id")))


def product_by_id(actor: Actor, pk: int) -> Product:
    """One product; raises OutOfScope when it is in no catalogue the actor reads."""
    row = Product.objects.filter(pk=pk).select_related("unit", "opened_by", "closed_by").first()
    if row is None:
        raise OutOfScope("sản phẩm")
    reach, day = reading(actor), acting_day()
    inherits = UnitPath.objects.filter(
        ancestor_id=row.unit_id, descendant_id__in=reach.units, valid_from__lte=day, valid_to__gt=day
    )
    if reaches(reach, row.unit_id, day) or inherits.exists():
        return row
    raise OutOfScope("sản phẩm")


def product_history(actor: Actor, product: Product) -> QuerySet[Product]:
    """The same product through the years, the newest first."""
    product_by_id(actor, product.pk)
    rows = Product.objects.standing().filter(unit_id=product.unit_id, code=product.code)
    return rows.select_related("opened_by").order_by("-in_force", "-id")


def standard_of(unit: Unit | int, day: dt.date) -> Product | None:
    """The standard product by which a unit converts: its own, else that of the nearest body above that has one."""
    return _inherited(unit, day).filter(standard=True).order_by("depth", "id").first()


def units_with_catalogue(actor: Actor, day: dt.date) -> QuerySet[Unit]:
    """Units whose catalogue the actor keeps."""
    return within(Unit.objects.all(), actor.reach(CATALOGUE), day, "id")


def proposals(actor: Actor, day: dt.date) -> QuerySet[ProductProposal]:
    """Proposals of the units whose catalogues the actor keeps or reads, and her own."""
    rows = within(ProductProposal.objects.all(), reading(actor), day)
    if actor.person_id is not None:
        rows = rows | ProductProposal.objects.filter(person_id=actor.person_id)
    return rows.select_related("unit", "person", "product").order_by("answered_on", "-asked_on", "-id")


def proposal_by_id(actor: Actor, pk: int) -> ProductProposal:
    """One proposal; raises OutOfScope."""
    row = proposals(actor, acting_day()).filter(pk=pk).first()
    if row is None:
        raise OutOfScope("đề nghị bổ sung danh mục")
    return row
