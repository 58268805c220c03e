"""One embedded server: makes, starts and stops it. Callers hold the starting lock (see ``postgres``)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from . import owner as owners
from .binaries import Binaries, choose
from .owner import Owner
from .problems import Unavailable

ROLE = DATABASE = "canbo"
_SUPERUSER = "postgres"
_SOCKET_LIMIT = 100  # bytes; the system allows 107
_LOG_LIMIT = 10 * 1024 * 1024
_PATIENCE = 60  # seconds to wait for a start, recovery after a crash included

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "Asia/Ho_Chi_Minh",
    "lc_messages": "C",
}
UNSAFE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "512MB"}


@dataclass(frozen=True)
class Cluster:
    """Where the server of one data directory keeps its files, and who it runs as."""

    home: Path
    owner: Owner
    binaries: Binaries

    @property
    def data(self) -> Path:
        """PostgreSQL's own data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.home / "server.log"

    @property
    def socket(self) -> Path:
        """Private folder of the Unix socket, short enough for the system."""
        inside = self.home / "socket"
        if len(os.fsencode(inside / ".s.PGSQL.5432")) < _SOCKET_LIMIT:
            return inside
        mark = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"canbo-{self.owner.uid}-{mark}"

    def url(self, database: str = DATABASE, role: str = ROLE) -> str:
        """Address for libpq."""
        return f"postgresql:///{database}?host={quote(str(self.socket), safe='/')}&user={role}"

    def run(self, program: str, *arguments: str, environment: dict[str, str] | None = None) -> None:
        """Runs one of PostgreSQL's programs as the owner; raises Unavailable with its last words."""
        plain = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", **(environment or {})}
        # Output goes to a file: the server inherits it, and a pipe would never see its end.
        with tempfile.TemporaryFile() as words:
            done = subprocess.run(  # noqa: S603
                [self.binaries.program(program), *arguments],
                cwd="/",
                env=plain,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                check=False,
                start_new_session=True,  # Ctrl-C in the terminal is for us alone
                **self.owner.switch(),
            )
            words.seek(0)
            said = words.read().decode("utf-8", "replace").strip()
        if done.returncode:
            raise Unavailable(explain(f"PostgreSQL ({program}) không làm được", said, self.last_words()))

    def last_words(self, lines: int = 8) -> str:
        """The end of the server's log."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


def explain(headline: str, said: str, log: str = "") -> str:
    """A message for the operator: cause in Vietnamese where it is known, then the server's own lines."""
    broken = "Dữ liệu hỏng: hãy khôi phục từ bản lưu gần nhất («canbo restore» vào thư mục dữ liệu mới)."
    causes = {
        "No space left on device": "Hết chỗ trên đĩa.",
        "could not create shared memory": "Không đủ bộ nhớ.",
        "Cannot allocate memory": "Không đủ bộ nhớ.",
        "Permission denied": "Không đủ quyền trên thư mục dữ liệu.",
        "Read-only file system": "Ổ đĩa chỉ cho đọc.",
        "appears to be corrupt": broken,
        "incorrect checksum": broken,
        "invalid checkpoint record": broken,
        "could not locate a valid checkpoint": broken,
        "is not a database cluster": broken,
        "invalid data in file": broken,
        "could not open file": broken,
    }
    text = f"{said}\n{log}".strip()
    cause = next((vi for en, vi in causes.items() if en in text), "")
    return "\n".join(part for part in (f"{headline}. {cause}".strip(), text) if part)


def find(data_dir: Path) -> Cluster:
    """The server of a data directory, with programs that fit data already there."""
    home, owner = owners.place(data_dir)
    mark = home / "data" / "PG_VERSION"
    major = int(mark.read_text().strip()) if mark.exists() else None
    return Cluster(home, owner, owners.reachable(choose(major), owner))


def start(cluster: Cluster, *, unsafe: bool = False) -> None:
    """Makes the server if there is none, starts it if it does not answer, makes the database if missing."""
    if not (cluster.data / "PG_VERSION").exists():
        _make(cluster)
    if not answers(cluster):
        _configure(cluster)
        _start(cluster, SETTINGS | (UNSAFE if unsafe else {}))
    _make_database(cluster)


def stop(cluster: Cluster) -> None:
    """Stops the server, ending sessions that are still open; one that died already is left as it lies."""
    note = cluster.data / "postmaster.pid"
    if not note.exists() or _stale(note):
        return
    cluster.run("pg_ctl", "stop", "-D", str(cluster.data), "-m", "fast", "-w", "-t", str(_PATIENCE))


def answers(cluster: Cluster) -> bool:
    """Whether the server takes connections."""
    try:
        psycopg.connect(cluster.url("postgres", _SUPERUSER), connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def _make(cluster: Cluster) -> None:
    if cluster.data.exists():
        if any(cluster.data.iterdir()):
            raise Unavailable(f"{cluster.data} có tệp nhưng không phải dữ liệu PostgreSQL; không ghi đè.")
        cluster.data.rmdir()
    half = cluster.home / "data.new"
    arguments = ["-D", str(half), "-U", _SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    if cluster.binaries.major >= 17:
        arguments += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    if cluster.binaries.major < 18:
        arguments.append("--data-checksums")
    shutil.rmtree(half, ignore_errors=True)
    cluster.run("initdb", *arguments)
    half.rename(cluster.data)


def _configure(cluster: Cluster) -> None:
    names = sorted({"root", cluster.owner.name, owners.current().name})
    _write(cluster, "pg_hba.conf", "local all all peer map=canbo\n")
    lines = [f'canbo "{name}" {role}' for name in names for role in (_SUPERUSER, ROLE)]
    _write(cluster, "pg_ident.conf", "\n".join(lines) + "\n")
    cluster.owner.give(cluster.socket)
    if cluster.log.exists() and cluster.log.stat().st_size > _LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.1"))


def _write(cluster: Cluster, name: str, text: str) -> None:
    path = cluster.data / name
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    os.chown(path, cluster.owner.uid, cluster.owner.gid)


def _start(cluster: Cluster, settings: dict[str, str]) -> None:
    for note in (cluster.data / "postmaster.pid", cluster.socket / ".s.PGSQL.5432.lock"):
        if _stale(note):
            note.unlink(missing_ok=True)
    options = " ".join(f"-c {name}='{value}'" for name, value in settings.items())
    options += f" -c unix_socket_directories='{cluster.socket}' -c unix_socket_permissions=0700"
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            cluster.run(
                "pg_ctl",
                "start",
                "-D",
                str(cluster.data),
                "-l",
                str(cluster.log),
                "-w",
                "-t",
                str(_PATIENCE),
                "-o",
                options,
            )
        except Unavailable as failure:
            # Children of a killed server need a moment to notice; a server just starting needs one to answer.
            passing = "shared memory block" in str(failure) or "postmaster.pid" in str(failure)
            if not passing or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
            if answers(cluster):
                return
        else:
            return


def _stale(note: Path) -> bool:
    """Whether a lock file names a process that is gone, or one that took its number and is no PostgreSQL.

    PostgreSQL itself only asks whether the number is in use, and then refuses to start.
    """
    try:
        pid = int(note.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return False
    if sys.platform != "linux":
        return False
    try:
        # The command line of a dead process that nobody has collected yet reads as empty.
        return b"postgres" not in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def _make_database(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres", _SUPERUSER), autocommit=True) as connection:
        have = connection.execute(
            "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = %s),"
            " EXISTS (SELECT FROM pg_database WHERE datname = %s)",
            [ROLE, DATABASE],
        ).fetchone() or (False, False)
        if not have[0]:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(ROLE)))
        if not have[1]:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(ROLE))
            )
