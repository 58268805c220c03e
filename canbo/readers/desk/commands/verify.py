"""``canbo verify``: chain, guards, facts, trees, places and the age of the last backup."""

from __future__ import annotations

import argparse
import datetime as dt
from dataclasses import asdict

from canbo.foundation.kernel.clock import now, today
from canbo.foundation.runtime import cli
from canbo.foundation.runtime.commands.backup import last

from ..integrity import Check, checks

OLD_BACKUP = 30  # days


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: argparse.Namespace) -> int:
    """Prints every check; 0 when all is well, 2 when something is not."""
    done = []
    for check in [*checks(today()), backup_age(now())]:
        done.append(check)
        if not options.json:
            print(f"{'✓' if check.ok else '✗'} {check.message}")
    ok = all(check.ok for check in done)
    if options.json:
        cli.emit({"ok": ok, "checks": [asdict(check) for check in done]})
    return cli.DONE if ok else cli.REFUSED


def backup_age(at: dt.datetime) -> Check:
    """Whether the last backup is recent. None at all is said, not refused: a new installation has none yet."""
    found = last(cli.data_dir())
    if not found:
        return Check("backup", True, "Chưa sao lưu lần nào (canbo backup TỆP)")
    made = dt.datetime.fromisoformat(str(found["at"]))
    days = (at - made).days
    return Check("backup", days <= OLD_BACKUP, f"Bản lưu gần nhất cách đây {days} ngày", int(days > OLD_BACKUP))
