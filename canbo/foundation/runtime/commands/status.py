"""``canbo status``: what runs, which versions, how much is stored, what waits."""

from __future__ import annotations

import argparse
import os
import platform
from typing import Any

from psycopg.conninfo import conninfo_to_dict

from canbo import __version__
from canbo.foundation.kernel.numbers import format_number

from .. import cli, presence, tables
from ..output import emit
from .backup import last


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Prints the state; reads only."""
    state = read()
    if options.json:
        emit(state)
    else:
        _print(state)
    return cli.DONE


def read() -> dict[str, Any]:
    """The state as one document."""
    from django.db import connection

    folder = cli.data_dir()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), pg_database_size(current_database())")
        version, size = cursor.fetchone()
        return {
            "running": presence.running(folder),
            "versions": {"canbo": __version__, "python": platform.python_version(), "postgresql": version.split()[0]},
            "data": str(folder),
            "database": {"at": _place(), "bytes": size},
            "rows": _rows(cursor),
            "jobs": _jobs(cursor),
            "chains": tables.chain_heads(cursor),
            "last_backup": last(folder),
        }


def _place() -> str:
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    return f"{parts.get('host', 'localhost')}/{parts.get('dbname', '')}"


def _rows(cursor: Any) -> list[dict[str, Any]]:
    """Row counts of our own tables; those of libraries say nothing to an operator."""
    from django.apps import apps

    have, rows = set(tables.names(cursor)), []
    for model in apps.get_models():
        table = model._meta.db_table
        if model.__module__.startswith("canbo.") and model._meta.managed and table in have:
            number, exact = tables.roughly(cursor, table)
            title = str(model._meta.verbose_name)
            rows.append({"table": table, "title": title, "rows": number, "exact": exact})
    return sorted(rows, key=lambda row: row["table"])


def _jobs(cursor: Any) -> dict[str, int]:
    if not tables.exists(cursor, "procrastinate_jobs"):
        return {}
    cursor.execute("SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1")
    return dict(cursor.fetchall())


def _print(state: dict[str, Any]) -> None:
    running, versions, backup = state["running"], state["versions"], state["last_backup"]
    page = f"{running['url']} (tiến trình {running['pid']})" if running else "không chạy"
    print(f"Trang web      {page}")
    parts = f"canbo {versions['canbo']}, Python {versions['python']}, PostgreSQL {versions['postgresql']}"
    print(f"Phiên bản      {parts}")
    print(f"Dữ liệu        {state['data']}")
    database = state["database"]
    print(f"Cơ sở dữ liệu  {database['at']}, {format_number(database['bytes'] / 1e6, 1)} MB")
    jobs = state["jobs"]
    waiting, doing, failed = (jobs.get(name, 0) for name in ("todo", "doing", "failed"))
    print(f"Việc chạy nền  {waiting} chờ, {doing} đang làm, {failed} không thành")
    print(
        f"Bản lưu cuối   {backup['at'][:16].replace('T', ' ')} {backup['file']}" if backup else "Bản lưu cuối   chưa có"
    )
    for chain in state["chains"]:
        print(f"Nhật ký        chuỗi {chain['chain']}: {format_number(chain['seq'])} dòng, {chain['hash'][:12]}…")
    filled = [row for row in state["rows"] if row["rows"]]
    print("\nSố dòng" if filled else "\nChưa có dữ liệu.")
    for row in filled:
        about = "" if row["exact"] else "khoảng "
        print(f"  {row['title']:<40} {about}{format_number(row['rows'])}")
