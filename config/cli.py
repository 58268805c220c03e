"""The ``canbo`` command: which subcommand lives in which package.

A command module offers ``configure(parser)`` and ``run(options) -> int``; it is imported only when asked for,
so that ``canbo --help`` stays instant. Exit status: 0 done, 1 failed, 2 refused or faults found.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from canbo.foundation.runtime import cli as frame
from canbo.foundation.runtime.cli import Command

COMMANDS = [
    Command(
        "up", "canbo.foundation.runtime.commands.up", "mở cơ sở dữ liệu, trang web và việc chạy nền", database=False
    ),
    Command("status", "canbo.foundation.runtime.commands.status", "đang chạy gì, phiên bản, số dòng, bản lưu gần nhất"),
    Command("backup", "canbo.foundation.runtime.commands.backup", "lưu toàn bộ vào một tệp"),
    Command(
        "restore", "canbo.foundation.runtime.commands.restore", "khôi phục từ tệp lưu vào chỗ trống", database=False
    ),
    Command("verify", "canbo.readers.desk.commands.verify", "kiểm tra chuỗi nhật ký, dữ kiện và cây tổ chức"),
    Command("rules", "canbo.foundation.rulebooks.commands", "kiểm tra hoặc in bộ quy tắc", database=False),
    Command("user", "canbo.facts.access.commands.user", "tài khoản và phân quyền"),
    Command("units", "canbo.facts.organisation.commands.units", "đơn vị đang hoạt động vào một ngày"),
    Command("lineage", "canbo.facts.organisation.commands.lineage", "đơn vị hình thành từ đâu, thành đơn vị nào"),
    Command("restructure", "canbo.processes.restructuring.commands.restructure", "sắp xếp tổ chức theo một tệp csv"),
    Command("template", "canbo.readers.exchange.commands.template", "tệp Excel mẫu trống", database=False),
    Command("import", "canbo.readers.exchange.commands.load", "nạp tệp Excel"),
    Command("export", "canbo.readers.exchange.commands.export", "xuất tệp Excel"),
    Command("demo", "canbo.readers.exchange.commands.demo", "nạp dữ liệu mẫu vào cơ sở dữ liệu trống"),
    Command("indicators", "canbo.readers.reports.commands.indicators", "danh mục chỉ tiêu"),
    Command("value", "canbo.readers.reports.commands.value", "giá trị của một chỉ tiêu"),
    Command("rows", "canbo.readers.reports.commands.rows", "các dòng đứng sau giá trị"),
    Command("report", "canbo.readers.reports.commands.report", "báo cáo ra docx, pdf, xlsx hoặc json"),
    Command("form", "canbo.readers.reports.commands.form", "biểu thống kê theo mẫu"),
    Command(
        "score",
        "canbo.processes.evaluation.commands.score",
        "chấm thử một người, một tập thể theo bộ quy tắc đánh giá",
        database=False,
    ),
    Command("explain", "canbo.readers.profiles.commands.explain", "từng điều kiện của một quy tắc đối với một người"),
]


@contextmanager
def with_database() -> Iterator[None]:
    """Runs Django commands beside the embedded server, started when needed and left as found."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with frame.database():
        yield


def main() -> None:
    """Entry point of the installed command."""
    raise SystemExit(frame.main(COMMANDS))
