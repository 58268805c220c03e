"""``canbo restore FILE``: brings a backup into an empty place, whole or not at all."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import IO, Any

from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation

from .. import archive, cli, client, preparation, tables
from ..archive import Manifest
from ..output import emit, tell
from .backup import folders

_SKIPPED = b"SET transaction_timeout = 0;"  # said by newer programs, not understood by older servers
_START_LINES = 100  # lines at the top of the script among which it may stand


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp do «canbo backup» tạo")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Checks the whole file first, then writes files and database; the database in one transaction."""
    tell("Đang kiểm tra tệp lưu …")
    source, manifest = archive.open_checked(options.file)
    with source, cli.database():
        from django.conf import settings

        _refuse_newer(manifest)
        _refuse_occupied(folders(settings))
        tell("Đang khôi phục …")
        waiting = {
            prefix: folder.with_name(f".{folder.name}.restoring") for prefix, folder in folders(settings).items()
        }
        try:
            for prefix, folder in waiting.items():
                shutil.rmtree(folder, ignore_errors=True)
                if archive.extract_folder(source, manifest, prefix, folder):
                    folder.chmod(0o700)
            _restore_database(source, manifest)
            for prefix, folder in folders(settings).items():
                if waiting[prefix].is_dir():
                    if folder.is_dir():
                        folder.rmdir()  # known to be empty
                    folder.parent.mkdir(parents=True, exist_ok=True)
                    waiting[prefix].rename(folder)
        finally:
            for folder in waiting.values():
                shutil.rmtree(folder, ignore_errors=True)
        cli.close_connections()
        preparation.prepare()
    result: dict[str, Any] = {
        "rows": sum(manifest.rows.values()),
        "files": len(manifest.files) - 1,
        "made_at": manifest.made_at,
    }
    if options.json:
        emit({**result, "chains": manifest.chains})
    else:
        print(
            f"Đã khôi phục {format_number(result['rows'])} dòng và {format_number(result['files'])} tệp "
            f"từ bản lưu lúc {_moment(manifest.made_at)}. Kiểm tra lại: canbo verify"
        )
    return cli.DONE


def _moment(text: str) -> str:
    day, time = text[:10].split("-"), text[11:16]
    return f"{time} ngày {day[2]}/{day[1]}/{day[0]}"


def _refuse_newer(manifest: Manifest) -> None:
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = (key for migration in loader.disk_migrations.values() for key in migration.replaces)
    known = {f"{app}.{name}" for app, name in [*loader.disk_migrations, *replaced]}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise Refused(
            Violation(
                "RESTORE-NEWER",
                f"Bản lưu do bản Canbo mới hơn tạo ({manifest.canbo}; không biết {unknown[0]}).",
                fix="Cài bản Canbo mới rồi khôi phục.",
            )
        )


def _refuse_occupied(places: dict[str, Path]) -> None:
    """A place counts as empty while it has no account, no line in the log and no kept file."""
    from django.contrib.auth import get_user_model
    from django.db import connection

    reasons = [f"thư mục {folder} đã có tệp" for folder in places.values() if folder.is_dir() and any(folder.iterdir())]
    with connection.cursor() as cursor:
        have = tables.names(cursor)
        ours = (get_user_model()._meta.db_table, "audit_auditentry", "audit_audithead")
        if have and "django_migrations" not in have:
            reasons.append("cơ sở dữ liệu có bảng của chương trình khác")
        for table in ours:
            if table in have and tables.count(cursor, table):
                reasons.append("cơ sở dữ liệu đã có dữ liệu")
                break
    if reasons:
        raise Refused(
            Violation(
                "RESTORE-OCCUPIED",
                f"Chỉ khôi phục vào chỗ trống: {'; '.join(reasons)}.",
                fix="Chọn thư mục dữ liệu mới: canbo --data THƯ-MỤC-MỚI restore TỆP",
            )
        )


def _restore_database(source: zipfile.ZipFile, manifest: Manifest) -> None:
    """Plays the dump as a script in one transaction that also empties the schema and counts the rows."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int / 10000")
        major = int(cursor.fetchone()[0])
        # Tables of a place that was opened but never used make room; an administrator's extensions stay otherwise.
        emptied = bool(tables.names(cursor))
    cli.close_connections()
    programs = client.fitting(max(major, int(manifest.postgresql)))
    psql = [f"--dbname={os.environ['DATABASE_URL']}", "--no-psqlrc", "--quiet", "--single-transaction"]
    psql += ["--set=ON_ERROR_STOP=1", "--file=-"]
    with (
        _dump_file(source) as dump,
        client.reading(programs.program("pg_restore"), ["--no-owner", "--no-privileges", "--file=-"], dump) as script,
        client.writing(programs.program("psql"), psql) as target,
    ):
        if emptied:
            target.write(b"DROP SCHEMA public CASCADE;\nCREATE SCHEMA public;\n")
        for number, line in enumerate(script):
            if number < _START_LINES and line.strip() == _SKIPPED:
                continue
            target.write(line)
        target.write(_count_check(manifest).encode())


def _dump_file(source: zipfile.ZipFile) -> IO[bytes]:
    """The dump as a real file, since a program reads it."""
    file = tempfile.TemporaryFile(dir=cli.data_dir())  # noqa: SIM115 - closed by the caller
    with source.open(archive.DUMP) as dump:
        shutil.copyfileobj(dump, file, 1024 * 1024)
    file.seek(0)
    return file


def _count_check(manifest: Manifest) -> str:
    """Fails the transaction when a table has not the number of rows the manifest names."""
    lines = []
    for table, rows in sorted(manifest.rows.items()):
        if not re.fullmatch(r"[a-z0-9_]+", table):
            raise archive.damaged(f"tên bảng không hợp lệ trong bản kê: {table}")
        counted = f"(SELECT count(*) FROM public.{table})"  # noqa: S608 - checked above
        lines.append(
            f"IF {counted} <> {int(rows)} THEN RAISE EXCEPTION 'canbo: số dòng của {table} không khớp'; END IF;"
        )
    return "DO $$ BEGIN\n" + "\n".join(lines) + "\nEND $$;\n"
