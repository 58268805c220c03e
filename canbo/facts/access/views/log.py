"""The log as a list."""

from __future__ import annotations

from django.http.response import HttpResponseBase

from canbo.foundation.accounts.request import Request
from canbo.foundation.audit.queries import entries
from canbo.foundation.ui.lists import Empty, list_page

from ..tables import LogFilter, LogTable, search_log


def index(request: Request) -> HttpResponseBase:
    """Every line, newest first."""
    return list_page(
        request,
        key="audit_log",
        title="Nhật ký",
        noun="dòng",
        rows=entries(request.actor),
        table=LogTable,
        filters=LogFilter,
        search=search_log,
        search_hint="Tìm người thực hiện, lý do",
        empty=Empty("Chưa có dòng nhật ký nào", "Mỗi lần ghi, hủy, phân quyền, đăng nhập để lại một dòng ở đây."),
    )
