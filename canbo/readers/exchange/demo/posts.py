"""Posts that people hold (sheet ``Chức vụ``)."""

from __future__ import annotations

from dataclasses import dataclass

from .days import dates
from .ledger import Paper, numbers


@dataclass(slots=True)
class Post:
    """One person in one post; ``code`` is the code of the person's file."""

    code: str
    unit: str
    title: str
    since: int
    act: str
    paper: Paper
    until: int | None = None
    concurrent: bool = False
    term: int | None = None
    managed_by: str | None = None
    ending: str | None = None
    closing: Paper | None = None
    group: str | None = None
    """Staff group, where a unit has quotas of several."""


def post_sheet(posts: list[Post]) -> dict[str, list[object]]:
    """The columns of ``Chức vụ``."""
    columns: dict[str, list[object]] = {
        "Mã hồ sơ": [post.code for post in posts],
        "Mã đơn vị": [post.unit for post in posts],
        "Chức vụ": [post.title for post in posts],
        "Từ ngày": dates(post.since for post in posts),
        "Đến ngày": dates(post.until for post in posts),
        "Hành vi": [post.act for post in posts],
        "Kiêm nhiệm": ["x" if post.concurrent else None for post in posts],
        "Thời hạn đến": dates(post.term for post in posts),
        "Diện quản lý": [post.managed_by for post in posts],
        "Số quyết định": numbers(post.paper for post in posts),
        "Hành vi kết thúc": [post.ending for post in posts],
        "Số quyết định kết thúc": numbers(post.closing for post in posts),
    }
    if any(post.group for post in posts):
        columns["Nhóm biên chế"] = [post.group for post in posts]
    return columns
