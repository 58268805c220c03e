"""From an address to a database this version can use: secret key, migrations, cache table."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from .output import tell

_LOCK = 7_204_117_311  # advisory lock: one process prepares, the others wait


def secret_key(data_dir: Path) -> str:
    """The key that signs sessions, made once and kept readable for its owner only."""
    path = data_dir / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
        if kept := path.read_text(encoding="ascii").strip():
            return kept
        descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    made = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(made + "\n")
    return made


def outdated() -> bool:
    """Whether the database lacks a migration or the cache table. Django must be set up."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return True
    return "canbo_cache" not in connection.introspection.table_names()


def prepare() -> bool:
    """Brings the database up to this version; True when there was something to do."""
    from django.core.management import call_command
    from django.db import connection

    if not outdated():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        try:
            if not outdated():
                return False
            tell("Đang chuẩn bị cơ sở dữ liệu …")
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    return True
