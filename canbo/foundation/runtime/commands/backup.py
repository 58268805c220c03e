"""``canbo backup FILE``: database, kept files and manifest in one file."""

from __future__ import annotations

import argparse
import json
import os
import zipfile
from pathlib import Path
from typing import Any

from canbo import __version__
from canbo.foundation.kernel import clock
from canbo.foundation.kernel.numbers import format_number
from canbo.foundation.kernel.violation import Refused, Violation

from .. import archive, cli, client, tables
from ..archive import Manifest
from ..output import emit, tell

LAST = "last-backup.json"


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", type=Path, metavar="TỆP", help="tệp lưu sẽ tạo, ví dụ ban-luu.canbo")
    parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")


def run(options: argparse.Namespace) -> int:
    """Writes the file; an existing one is never overwritten."""
    path: Path = options.file.absolute()
    if path.exists():
        raise Refused(Violation("BACKUP-EXISTS", f"Tệp {path} đã có.", fix="Chọn tên khác hoặc dời tệp cũ đi."))
    if not path.parent.is_dir():
        raise Refused(Violation("BACKUP-FOLDER", f"Không có thư mục {path.parent}."))
    tell("Đang lưu …")
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            manifest, mark = write(out)
            out.flush()
            os.fsync(out.fileno())
        half.rename(path)
    finally:
        half.unlink(missing_ok=True)
    result = {"file": str(path), "bytes": path.stat().st_size, "at": manifest.made_at, "manifest_sha256": mark}
    _remember(result)
    if options.json:
        emit(
            {**result, "rows": sum(manifest.rows.values()), "files": len(manifest.files) - 1, "chains": manifest.chains}
        )
    else:
        print(f"Đã lưu vào {path} ({format_number(path.stat().st_size / 1e6, 1)} MB): ", end="")
        print(f"{format_number(sum(manifest.rows.values()))} dòng, {format_number(len(manifest.files) - 1)} tệp.")
        print(f"Mã kiểm tra: {mark}")
        print("Tệp chứa dữ liệu cá nhân: cất ở nơi chỉ người có trách nhiệm mở được.")
    return cli.DONE


def write(out: Any) -> tuple[Manifest, str]:
    """Writes a backup into an open file; rows and chains are read in the very snapshot that is dumped."""
    from django.conf import settings
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor, zipfile.ZipFile(out, "w", allowZip64=True) as target:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
        snapshot, major = cursor.fetchone()
        cursor.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        migrations = [row[0] for row in cursor.fetchall()]
        manifest = Manifest(
            canbo=__version__,
            postgresql=str(major),
            made_at=clock.now().isoformat(timespec="seconds"),
            migrations=migrations,
            rows=tables.counts(cursor, (t for t in tables.names(cursor) if t not in tables.PASSING)),
            chains=tables.chain_heads(cursor),
        )
        arguments = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments"]
        arguments += [f"--snapshot={snapshot}", f"--dbname={os.environ['DATABASE_URL']}"]
        arguments += [f"--exclude-table-data=public.{name}" for name in sorted(tables.PASSING)]
        with client.reading(client.fitting(major).program("pg_dump"), arguments) as dump:
            archive.add(target, manifest, archive.DUMP, dump)
        for prefix, folder in folders(settings).items():
            archive.add_folder(target, manifest, prefix, folder)
        mark = archive.close(target, manifest)
    return manifest, mark


def folders(settings: Any) -> dict[str, Path]:
    """Folders kept beside the database: uploaded and issued papers, the unit's own rules."""
    return {"files": Path(settings.MEDIA_ROOT), "rulebooks": Path(settings.LOCAL_RULEBOOKS_DIR)}


def _remember(result: dict[str, Any]) -> None:
    (cli.data_dir() / LAST).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def last(folder: Path) -> dict[str, Any] | None:
    """The last backup made from a data directory, as ``backup --json`` described it."""
    try:
        note = json.loads((folder / LAST).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return note if isinstance(note, dict) else None
