"""The catalogue of products, how it is kept, and what people ask to add."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from canbo.facts.organisation.models import Unit
from canbo.facts.organisation.queries import reaches
from canbo.foundation.accounts.request import Request
from canbo.foundation.kernel.clock import now, today
from canbo.foundation.kernel.violation import Refused
from canbo.foundation.ui.forms import attach
from canbo.foundation.ui.lists import Action, Empty, list_page

from .. import actions, queries
from ..choices import CATALOGUE, READ
from ..forms.catalogue import AnswerForm, EndForm, LoadForm, ProductForm, initial_of
from ..forms.own import ProposalForm
from ..models import Product
from ..tables import ProductFilter, ProductTable, ProposalTable, search_proposals

MOST_BYTES = 5 * 1024 * 1024


def index(request: Request) -> HttpResponseBase:
    """The products in force on the viewing day."""
    request.actor.require(READ)
    buttons = [Action("Đề nghị bổ sung", reverse("work_proposals"), "plus", True)]
    if request.actor.may(CATALOGUE):
        new = Action("Thêm sản phẩm", reverse("work_product_new"), "plus")
        buttons = [new, Action("Nạp tệp", reverse("work_products_load"), "import"), *buttons]
    return list_page(
        request,
        key="work_products",
        title="Danh mục sản phẩm, công việc",
        noun="sản phẩm",
        rows=queries.catalogue(request.actor, request.day),
        table=ProductTable,
        filters=ProductFilter,
        search=queries.matching_products,
        search_hint="Tìm sản phẩm, nhiệm vụ, mã",
        actions=buttons,
        empty=Empty(
            "Chưa có sản phẩm nào vào ngày này",
            "Ghi sản phẩm chuẩn (hệ số 1,0) trước, rồi các sản phẩm khác; hoặc nạp cả danh mục từ tệp Excel.",
            buttons,
        ),
    )


def product(request: Request, pk: int) -> HttpResponse:
    """One product: how it is converted, through the years; taken out here."""
    row = queries.product_by_id(request.actor, pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.end_product(request.actor, product=row, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"“{row}” không còn trong danh mục từ ngày đã ghi.")
            return redirect("work_products")
    keeps = reaches(request.actor.reach(CATALOGUE), row.unit_id, today())
    labels = dict(queries.factors(today()))
    context = {
        "product": row,
        "history": queries.product_history(request.actor, row),
        "factors": [(labels.get(key, key), value) for key, value in row.factors.items()],
        "form": form if keeps and row.in_force.upper is None and row.voided_on is None else None,
        "standard": queries.standard_of(row.unit_id, row.in_force.lower),
    }
    return render(request, "work/product.html", context)


def product_new(request: Request, pk: int | None = None) -> HttpResponse:
    """A new product, or another content of one from a day on."""
    request.actor.require(CATALOGUE)
    old = queries.product_by_id(request.actor, pk) if pk else None
    form = ProductForm(
        request.POST or None,
        units=_units(request, old),
        factors=queries.factors(today()),
        initial=initial_of(old, today()) if old else {"on": today(), "group": 1},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            rows = actions.set_products(request.actor, unit=values["unit"], entries=[form.entry()], on=values["on"])
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Đã ghi {len(rows)} dòng danh mục." if rows else "Không có gì thay đổi.")
            return redirect("work_products")
    return render(request, "work/product_edit.html", {"form": form, "product": old})


def load(request: Request) -> HttpResponse:
    """A whole catalogue from a workbook: all of it, or the list of its faults."""
    request.actor.require(CATALOGUE)
    form = LoadForm(request.POST or None, request.FILES or None, units=_units(request, None), initial={"on": today()})
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            data = _bytes(values["file"])
            rows = actions.load_products(request.actor, unit=values["unit"], data=data, on=values["on"])
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, f"Đã ghi {len(rows)} dòng danh mục; các dòng khác giữ nguyên.")
            return redirect("work_products")
    return render(request, "work/products_load.html", {"form": form})


def proposals(request: Request) -> HttpResponseBase:
    """What people ask to add: of one's units, and one's own."""
    new = [Action("Đề nghị bổ sung", reverse("work_proposal_new"), "plus")]
    return list_page(
        request,
        key="work_proposals",
        title="Đề nghị bổ sung danh mục",
        noun="đề nghị",
        rows=queries.proposals(request.actor, today()),
        table=ProposalTable,
        search=search_proposals,
        actions=new,
        empty=Empty(
            "Chưa có đề nghị nào", "Việc chưa có trong danh mục thì đề nghị ở đây; được duyệt rồi mới tính điểm.", new
        ),
    )


def proposal_new(request: Request) -> HttpResponse:
    """Asks to add a product to the catalogue of one's own unit."""
    units = _units(request, None) if request.actor.person_id is None and request.actor.may(CATALOGUE) else []
    form = ProposalForm(request.POST or None, initial={"name": request.GET.get("ten", "")})
    if request.method == "POST" and form.is_valid():
        try:
            unit = units[0] if units else None
            actions.propose(request.actor, at=now(), unit=unit, **form.cleaned_data)
        except Refused as refused:
            attach(form, refused)
        else:
            messages.success(request, "Đã gửi đề nghị. Việc được tính khi danh mục có sản phẩm này.")
            return redirect("work_proposals")
    linked = request.actor.person_id is not None or bool(units)
    return render(request, "work/proposal_new.html", {"form": form if linked else None})


def proposal(request: Request, pk: int) -> HttpResponse:
    """A proposal, and its answer."""
    row = queries.proposal_by_id(request.actor, pk)
    answers = row.answered_on is None and reaches(request.actor.reach(CATALOGUE), row.unit_id, today())
    answers = (answers and row.person_id != request.actor.person_id) or (answers and row.person_id is None)
    form = None
    if answers:
        form = AnswerForm(
            request.POST or None,
            units=_units(request, None),
            factors=queries.factors(today()),
            initial={"name": row.name, "output": row.output, "group": 1, "unit": str(row.unit_id)},
        )
        if request.method == "POST" and _answer(request, row, form):
            return redirect("work_proposals")
    return render(request, "work/proposal.html", {"proposal": row, "form": form})


def _answer(request: Request, row: Any, form: AnswerForm) -> bool:
    try:
        if "khong" in request.POST:
            actions.decline(request.actor, proposal=row, reason=request.POST.get("answer", ""), at=now())
            messages.success(request, "Đã trả lời: không bổ sung.")
            return True
        if form.is_valid():
            values = form.cleaned_data
            unit, entry, answer = values["unit"], form.entry(), values["answer"]
            actions.approve(request.actor, proposal=row, unit=unit, entry=entry, at=now(), answer=answer)
            messages.success(request, f"Đã bổ sung “{entry.name}” vào danh mục.")
            return True
    except Refused as refused:
        form.is_valid()
        attach(form, refused)
    return False


def _units(request: Request, product: Product | None) -> list[Unit]:
    rows = list(queries.units_with_catalogue(request.actor, today())[: queries.MOST_UNITS])
    return [row for row in rows if product is None or row.pk == product.unit_id]


def _bytes(file: Any) -> bytes:
    if file.size > MOST_BYTES:
        from canbo.foundation.kernel.violation import Violation

        raise Refused(Violation("WORK-FILE-BIG", "Tệp lớn hơn 5 MB.", "file", fix="Xóa các trang không dùng."))
    return bytes(file.read())
