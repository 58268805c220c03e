"""Choosing the viewing day, the text size, columns and saved views; the gallery of components."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from canbo.foundation.kernel.dates import DAY, parse_date
from canbo.foundation.kernel.violation import Refused

from .actions import choose_columns, drop_view, save_view
from .day import choose_day
from .forms import tell


def _back(request: HttpRequest) -> HttpResponseRedirect:
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(target if safe else "/")


@login_required
@require_POST
def day(request: HttpRequest) -> HttpResponse:
    """Sets the viewing day from ``ngay`` (dd/mm/yyyy); an empty value returns to the present day."""
    text = request.POST.get("ngay", "").strip()
    if not text:
        choose_day(request, None)
        return _back(request)
    try:
        found = parse_date(text)
        if found.precision != DAY:
            raise ValueError(f"{text} thiếu ngày hoặc tháng")
    except ValueError as error:
        messages.error(request, f"Ngày xem: {error}. Ghi đủ ngày/tháng/năm, ví dụ 30/06/2025.")
        return _back(request)
    choose_day(request, found.first)
    return _back(request)


@require_POST
def large_text(request: HttpRequest) -> HttpResponse:
    """Switches large text on or off, remembered by the browser for a year."""
    response = _back(request)
    if request.COOKIES.get("chu_to") == "1":
        response.delete_cookie("chu_to")
    else:
        response.set_cookie("chu_to", "1", max_age=365 * 86400, samesite="Lax", secure=request.is_secure())
    return response


@login_required
@require_POST
def list_columns(request: HttpRequest) -> HttpResponse:
    """Keeps the columns a person wants in one list; ``lai`` returns to the list's own choice."""
    columns = [] if "lai" in request.POST else request.POST.getlist("cot")
    choose_columns(user_id=_user(request), page=request.POST.get("page", "")[:60], columns=columns[:60])
    return _back(request)


@login_required
@require_POST
def list_views(request: HttpRequest) -> HttpResponse:
    """Saves the present query of a list under a name, or with ``bo`` forgets one."""
    if (dropped := request.POST.get("bo", "")).isdecimal():
        drop_view(user_id=_user(request), pk=int(dropped))
        return _back(request)
    posted = request.POST
    try:
        save_view(
            user_id=_user(request),
            page=posted.get("page", "")[:60],
            name=posted.get("name", ""),
            query=posted.get("query", ""),
        )
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, "Đã lưu góc nhìn. Mở lại ở nút Góc nhìn của danh sách này.")
    return _back(request)


def _user(request: HttpRequest) -> int:
    return cast(int, request.user.pk)


def _builders_only(request: HttpRequest) -> None:
    if not (settings.DEBUG or getattr(request.user, "is_superuser", False)):
        raise Http404


@login_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component on one page, for those who build pages; not part of the product in use."""
    _builders_only(request)
    from .gallery import context

    return render(request, "ui/gallery.html", context(request))


@login_required
def gallery_list(request: HttpRequest) -> HttpResponseBase:
    """A list with everything a list can do."""
    _builders_only(request)
    from .gallery import sample_list

    return sample_list(request)
