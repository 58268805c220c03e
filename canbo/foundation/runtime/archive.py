"""The backup file: a zip of the dump, the kept files, and a manifest that vouches for both."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from canbo.foundation.kernel import clock
from canbo.foundation.kernel.violation import Refused, Violation

FORMAT = 1
MANIFEST, DUMP = "manifest.json", "database.dump"
_BLOCK = 1024 * 1024


@dataclass
class Manifest:
    """What the file holds.

    Args:
        canbo, postgresql: versions of the program and of the server.
        made_at: moment, ISO with time zone.
        migrations: ``app.name`` of every migration applied.
        rows: exact number of rows per table, seen by the same snapshot as the dump.
        chains: where each chain of the log stood in that snapshot.
        files: sha256 and size of every other entry of the zip.
    """

    canbo: str
    postgresql: str
    made_at: str
    migrations: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    chains: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    format: int = FORMAT


def add(archive: zipfile.ZipFile, manifest: Manifest, name: str, source: IO[bytes]) -> None:
    """Copies a stream into the zip and notes its digest. Dumps come compressed, so they are stored as they are."""
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, clock.now().timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED if name == DUMP else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with archive.open(entry, "w", force_zip64=True) as target:
        while block := source.read(_BLOCK):
            digest.update(block)
            size += len(block)
            target.write(block)
    manifest.files[name] = {"sha256": digest.hexdigest(), "bytes": size}


def add_folder(archive: zipfile.ZipFile, manifest: Manifest, prefix: str, folder: Path) -> None:
    """Adds every file under a folder; a missing folder adds nothing."""
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as source:
                add(archive, manifest, f"{prefix}/{path.relative_to(folder).as_posix()}", source)


def close(archive: zipfile.ZipFile, manifest: Manifest) -> str:
    """Writes the manifest as the last entry; returns its sha256, a short proof of the whole file."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True).encode()
    archive.writestr(zipfile.ZipInfo(MANIFEST, clock.now().timetuple()[:6]), text)
    return hashlib.sha256(text).hexdigest()


def damaged(reason: str) -> Refused:
    """The refusal of a file that is not what it should be."""
    return Refused(
        Violation("BACKUP-DAMAGED", f"Không khôi phục được: {reason}.", fix="Dùng bản lưu khác; chưa ghi gì vào máy.")
    )


def open_checked(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    """Opens a backup after comparing every byte with its manifest; raises Refused for anything amiss."""
    try:
        archive = zipfile.ZipFile(path)
    except zipfile.BadZipFile:
        raise damaged(f"{path} không phải tệp lưu của Canbo, hoặc tệp bị cụt") from None
    try:
        manifest = _manifest(archive)
        _compare(archive, manifest)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, TypeError, KeyError) as error:
        archive.close()
        raise damaged(f"tệp lưu bị hỏng ({error})") from None
    except BaseException:
        archive.close()
        raise
    return archive, manifest


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise damaged("tệp không có bản kê (manifest.json), không phải tệp lưu của Canbo")
    content = json.loads(archive.read(MANIFEST))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise damaged("tệp lưu theo khuôn dạng khác, cần bản Canbo khác")
    return Manifest(**content)


def _compare(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    names = archive.namelist()
    if len(names) != len(set(names)) or set(names) != {MANIFEST, *manifest.files} or DUMP not in manifest.files:
        raise damaged("các tệp bên trong không khớp bản kê")
    for name, expected in manifest.files.items():
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts or "\\" in name:
            raise damaged(f"tên tệp bên trong không hợp lệ: {name}")
        digest = hashlib.sha256()
        with archive.open(name) as source:
            for block in _blocks(source):
                digest.update(block)
        if digest.hexdigest() != expected["sha256"]:
            raise damaged(f"«{name}» đã bị sửa đổi so với bản kê")


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block


def extract_folder(archive: zipfile.ZipFile, manifest: Manifest, prefix: str, folder: Path) -> int:
    """Writes the files kept under a prefix into a folder; returns how many."""
    done = 0
    for name in manifest.files:
        if name.startswith(f"{prefix}/"):
            target = folder / name[len(prefix) + 1 :]
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as out:
                shutil.copyfileobj(source, out, _BLOCK)
            done += 1
    return done
