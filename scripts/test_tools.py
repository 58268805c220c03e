"""Prepares what the tests need beside Python packages: a browser, and a PostgreSQL of the system.

As root on Debian or Ubuntu missing ones are installed with apt. Otherwise it says what is missing and how to get
it; without a browser the tests fail when ``CI=true``, and elsewhere show the browser tests as skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Tool:
    """Something tests need: how to find it, and the packages that bring it."""

    title: str
    found: Callable[[], bool]
    packages: tuple[str, ...]


def browser() -> bool:
    """Whether a Chromium or Chrome can be started."""
    named = os.environ.get("CHROMIUM")
    return bool(named and shutil.which(named)) or any(
        shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome")
    )


def system_postgres() -> bool:
    """Whether the distribution's server is here, version 15 or newer."""
    versions = [p.parent.parent.name for p in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    return any(v.isdigit() and int(v) >= 15 for v in versions) or shutil.which("postgres") is not None


TOOLS = [
    Tool("Chromium để kiểm thử trên trình duyệt", browser, ("chromium",)),
    Tool("PostgreSQL của hệ thống (kiểm thử ngoài bản đi kèm)", system_postgres, ("postgresql",)),
]


def install(tools: list[Tool]) -> None:
    """Installs packages without questions; what it could not do shows in the next look."""
    packages = [package for tool in tools for package in tool.packages]
    print(f"Đang cài {', '.join(packages)} …", flush=True)
    # No server of the package is wanted running: tests start their own.
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
    quiet = {"env": environment, "stdout": subprocess.DEVNULL, "check": False}
    subprocess.run([*apt, "update"], **quiet)
    subprocess.run([*apt, "install", "-y", "--no-install-recommends", *packages], **quiet)


def main() -> int:
    """Installs what it may, reports what is left; 1 when CI would have to skip tests."""
    missing = [tool for tool in TOOLS if not tool.found()]
    if missing and os.geteuid() == 0 and shutil.which("apt-get"):
        install(missing)
        missing = [tool for tool in TOOLS if not tool.found()]
    for tool in missing:
        print(f"Thiếu {tool.title}. Debian/Ubuntu: sudo apt install {' '.join(tool.packages)}", file=sys.stderr)
    if missing and os.environ.get("CI") == "true":
        print("CI=true: không bỏ qua kiểm thử nào, nên dừng ở đây.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
