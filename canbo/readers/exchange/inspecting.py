"""A look at the container before anything is opened: real sizes, formulas, cells far outside any table.

What an archive says of itself is a claim. Every part is unpacked here with its real length counted, piece by piece and
never held, so that nothing swells in the reader that comes after.
"""

from __future__ import annotations

import html
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from .faults import UnreadableFile

MAX_UNPACKED = 3 * 1024**3
MAX_RATIO = 150
RATIO_FROM = 100 * 1024 * 1024
CHUNK = 1 << 20
SMALL = 4 << 20
MOST_COLUMNS = 256
"""More columns than that no table has; a cell beyond them would make the reader draw up billions of empty ones."""

_FORMULA = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*><f')
_FAR = re.compile(rb'<c [^>]{0,40}?r="([A-Z]{2,3})(\d{1,7})"[^>]*>\s*<(?:v|f|is)\b')
_SHEET = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


@dataclass
class Part:
    """What the reader should know of a sheet: cells with formulas, and a cell too far out, as (letters, row)."""

    formulas: list[tuple[str, int]] = field(default_factory=list)
    stray: tuple[str, int] | None = None


def inspect(path: Path) -> dict[str, Part]:
    """Unpacks every part of a workbook once, and tells by sheet name what lies in it.

    Raises:
        UnreadableFile: when it is damaged, no workbook, or swells beyond reason.
    """
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as stream:
            if "xl/workbook.xml" not in archive.namelist():
                raise UnreadableFile("Tệp nén này không phải là tệp Excel .xlsx. Chọn đúng tệp Excel.")
            found: dict[str, Part] = {}
            total = 0
            for entry in archive.infolist():
                part, scanned = Part(), entry.filename.startswith("xl/worksheets/")
                size, tail = 0, b""
                for block in _unpacked(stream, entry):
                    size += len(block)
                    total += len(block)
                    _refuse_swelling(size, total, entry)
                    if scanned:
                        tail = _scan(tail + block, part)
                _scan(tail + b"<c ", part)
                if size != entry.file_size:
                    raise zipfile.BadZipFile("kích thước ghi trong tệp không đúng")
                found[entry.filename] = part
            return {name: found.get(target, Part()) for name, target in _targets(archive).items()}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        KeyError,
    ) as error:
        raise UnreadableFile(f"Tệp Excel bị hỏng ({error}). Mở bằng Excel, lưu lại rồi nạp lại.") from None


def _unpacked(stream: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of an entry in pieces, whatever length it claims."""
    if entry.flag_bits & 1:
        raise UnreadableFile("Tệp nén có mật khẩu. Bỏ mật khẩu, lưu lại dạng .xlsx rồi nạp lại.")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NotImplementedError("kiểu nén lạ")
    stream.seek(entry.header_offset)
    head = stream.read(30)
    name, extra = struct.unpack("<HH", head[26:30])
    stream.seek(name + extra, 1)
    left = entry.compress_size
    inflate = zlib.decompressobj(-15) if entry.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        data = stream.read(min(CHUNK, left))
        if not data:
            raise EOFError("tệp bị cụt")
        left -= len(data)
        if inflate is None:
            yield data
            continue
        while data:
            yield inflate.decompress(data, CHUNK * 4)
            data = inflate.unconsumed_tail
    if inflate is not None:
        yield inflate.flush()
        if not inflate.eof:
            raise EOFError("tệp bị cụt")


def _refuse_swelling(size: int, total: int, entry: zipfile.ZipInfo) -> None:
    swollen = size > RATIO_FROM and size > MAX_RATIO * max(entry.compress_size, 1)
    if total > MAX_UNPACKED or swollen:
        raise UnreadableFile(
            f"Tệp bung ra hơn {total // 1024**2} MB, không giống một tệp số liệu bình thường; không mở để bảo vệ máy. "
            "Chép số liệu sang tệp mẫu mới rồi nạp lại."
        )


def _scan(block: bytes, part: Part) -> bytes:
    """Looks through a piece of a sheet; gives back the last, perhaps torn, cell for the next piece."""
    cut = block.rfind(b"<c ")
    whole, tail = (block[:cut], block[cut:]) if cut > len(block) - 4096 and cut >= 0 else (block, b"")
    if b"<f" in whole:
        part.formulas += [(m[1].decode(), int(m[2])) for m in _FORMULA.finditer(whole)]
    if part.stray is None:
        for match in _FAR.finditer(whole):
            if _number(match[1]) > MOST_COLUMNS:
                part.stray = match[1].decode(), int(match[2])
                break
    return tail


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _targets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Which part holds which sheet: the order of the tabs need not be that of the files."""

    def attributes(name: str, pattern: re.Pattern[str]) -> Iterator[dict[str, str]]:
        if name in archive.namelist() and archive.getinfo(name).file_size <= SMALL:
            for match in pattern.finditer(archive.read(name).decode("utf-8", "replace")):
                yield {key.rpartition(":")[2]: html.unescape(value) for key, value in _ATTRIBUTE.findall(match[1])}

    relations = {
        r["Id"]: posixpath.normpath(posixpath.join("/xl", r["Target"])).lstrip("/")
        for r in attributes("xl/_rels/workbook.xml.rels", _RELATION)
        if "Id" in r and "Target" in r
    }
    return {
        sheet["name"]: relations[sheet["id"]]
        for sheet in attributes("xl/workbook.xml", _SHEET)
        if "name" in sheet and sheet.get("id") in relations
    }
