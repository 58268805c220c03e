"""``canbo template``: the empty workbook."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from canbo.foundation.runtime.cli import DONE, REFUSED

from ..workbook_template import write_template


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("file", metavar="TỆP", type=Path, help="tệp .xlsx sẽ ghi")


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 when the place cannot take a workbook."""
    path: Path = options.file
    if path.suffix.lower() != ".xlsx":
        sys.stderr.write(f"Tên tệp phải kết thúc bằng .xlsx, không phải “{path.name}”.\n")
        return REFUSED
    if not path.absolute().parent.is_dir():
        sys.stderr.write(f"Không có thư mục {path.absolute().parent}.\n")
        return REFUSED
    write_template(path)
    print(f"Đã ghi tệp mẫu: {path}")
    return DONE
