"""``canbo up``: database, web pages and background work in one go, until Ctrl-C."""

from __future__ import annotations

import argparse
import io
import os
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from canbo.foundation.kernel.violation import Refused, Violation

from .. import address, cli, postgres, preparation, presence, static
from ..output import tell, typed
from ..problems import Unavailable
from ..supervisor import Child, Supervisor, last_lines

NO_DEMO = "none"
MOST_WORKERS = 4
"""Processes of the web at most, where nobody says how many; one for each core, for a page takes a core while it is made."""
_PATIENCE = 60  # seconds for the first page


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ mở trang (mặc định 127.0.0.1: chỉ máy này)")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--demo", default=NO_DEMO, metavar="BỘ", help="nạp bộ dữ liệu mẫu khi cơ sở dữ liệu còn trống")


def run(options: argparse.Namespace) -> int:
    """Runs until asked to stop. Django is loaded by the children alone, which halves what this process holds."""
    if not 0 < options.port < 65536:
        raise Refused(Violation("UP-PORT", f"Cổng {options.port} không có; cổng từ 1 đến 65535.", field="port"))
    address.require_free(options.host, options.port)
    folder = cli.data_dir()
    postgres.prepare_folder(folder)
    url = address.url(options.host, options.port)
    with presence.announce(folder, url), cli.server():
        status, prepared = cli.in_child(lambda: _prepare(options.demo))
        if status != cli.DONE:
            return status
        children = [_web(options.host, options.port), _worker()]
        supervisor = Supervisor(children, folder / "logs", Path(prepared["code"]))

        def ready() -> None:
            if address.answers(options.host, options.port, _PATIENCE):
                tell(_welcome(url, folder, prepared["hints"]))
            else:
                tell(f"Trang web chưa trả lời ở {url}.\n{last_lines(supervisor.log(children[0]))}")

        def tick() -> None:
            try:
                if postgres.revive(folder):
                    tell("Cơ sở dữ liệu dừng đột ngột, đã mở lại.")
            except Unavailable as error:
                tell(f"Cơ sở dữ liệu dừng đột ngột, chưa mở lại được: {error}")

        supervisor.run(ready, tick)
        tell("Đang dừng …")
    tell("Đã dừng.")
    return cli.DONE


def _prepare(case: str) -> dict[str, Any]:
    """Database, demonstration and static files; says where the code is and what to print in the end."""
    from django.conf import settings

    preparation.prepare()
    hints = _demo(case) or _accounts()
    static.collect()
    return {"code": str(settings.BASE_DIR), "hints": hints}


def _web(host: str, port: int) -> Child:
    workers = os.environ.get("CANBO_WEB_WORKERS") or str(min(MOST_WORKERS, os.cpu_count() or 1))
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    command += ["--workers", workers, "--blocking-threads", "4", "--no-ws"]
    command += ["--respawn-failed-workers", "--workers-kill-timeout", "5", "--log-level", "warning"]
    return Child("web", "Trang web", [*command, "config.wsgi:application"])


def _worker() -> Child:
    return Child("worker", "Việc chạy nền", [sys.executable, "-m", "canbo.foundation.jobs.worker"])


def _demo(case: str) -> list[str]:
    """Loads a case when the demo command says the database still needs one; gives the lines to print."""
    if case == NO_DEMO:
        return []
    demo = cli.module("demo")
    if demo.needed():
        tell("Đang nạp bộ dữ liệu mẫu …")
        with redirect_stdout(io.StringIO()):  # what it says is said again at the end, below the address
            status = cli.again("demo", ["--case", case])
        if status != cli.DONE:
            raise Refused(Violation("UP-DEMO", f"Không nạp được bộ dữ liệu mẫu «{case}»."))
    return list(demo.HINTS)  # empty unless it was loaded just now


def _accounts() -> list[str]:
    from django.contrib.auth import get_user_model

    if get_user_model()._default_manager.exists():
        return [
            f"Đăng nhập bằng tài khoản đã được cấp. Danh sách: {typed()} user list",
            f"Quên mật khẩu: {typed()} user password TÊN",
        ]
    return [
        "Chưa có tài khoản nào. Mở một cửa sổ dòng lệnh khác và chạy:",
        f"  {typed()} user add TÊN --role VAI-TRÒ --unit ĐƠN-VỊ",
        f"Muốn xem thử với dữ liệu mẫu: {typed()} up --demo tinh-mau trên một thư mục dữ liệu mới.",
    ]


def _welcome(url: str, folder: object, hints: list[str]) -> str:
    return "\n".join(["", f"Canbo đang chạy: {url}", f"Dữ liệu: {folder}", "", *hints, "", "Dừng: Ctrl-C", ""])
