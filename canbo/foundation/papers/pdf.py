"""Papers as PDF/A-2b with embedded fonts and tags, set by Typst.

The template gets one JSON text and never markup, so nothing a clerk types can become a command.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import typst

from canbo.foundation.kernel.violation import Refused, Violation

from .blocks import Paper
from .compose import compose
from .layout import Layout, layout_for
from .typography import Spelling

TEMPLATE = Path(__file__).with_name("paper.typ")
PRINT_FONTS = Path(__file__).resolve().parents[3] / "static-vendor" / "print-fonts"
FAMILY = "Tinos"
_UNPRINTABLE = re.compile(r'the text `"(.+)"` could not be displayed')


class FontsMissing(RuntimeError):
    """The folder holds no print fonts; set-up has not run."""


@lru_cache(maxsize=4)
def _fonts(folder: Path) -> typst.Fonts:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
    faces = {(f.style.lower(), f.weight) for f in fonts.fonts() if f.family == FAMILY}
    if len(faces) < 4:
        raise FontsMissing(
            f"Thiếu phông in {FAMILY} (thường, đậm, nghiêng, đậm nghiêng) trong {folder}. Chạy make setup."
        )
    return fonts


def render_pdf(
    paper: Paper, layout: Layout | None = None, *, spelling: Spelling = "", fonts: Path = PRINT_FONTS
) -> bytes:
    """The paper as PDF; the same paper gives the same bytes.

    Args:
        paper: the document.
        layout: None takes the one in force on ``paper.profile_on``.
        spelling: where the tone of oa, oe, uy stands: ``uỷ``, ``ủy``, or empty to leave it as typed.
        fonts: folder with the four Tinos faces, whose metrics are those of Times New Roman.

    Raises:
        Refused: when the paper may not be produced, no layout was in force, or the font lacks a character.
        FontsMissing: when the folder lacks a face.
    """
    layout = layout or layout_for(paper.system, paper.profile_on)
    if paper.landscape:
        layout = layout.turned()
    data = {
        "sheet": compose(paper, layout, spelling),
        "layout": asdict(layout) | {"text_width": layout.text_width},
        "font": FAMILY,
    }
    return compile_template(
        TEMPLATE, json.dumps(data, ensure_ascii=False, default=list), paper.dated or paper.profile_on, fonts
    )


def compile_template(template: Path, data: str, day: dt.date, fonts: Path = PRINT_FONTS) -> bytes:
    """A template filled with one JSON text, as PDF.

    Args:
        day: written into the file; Typst's own default is the present moment, which would make every print differ.

    Raises:
        Refused: the print font lacks a character.
        FontsMissing: when the folder lacks a face.
    """
    compiler = typst.Compiler(
        template.read_bytes(), font_paths=_fonts(fonts), ignore_system_fonts=True, sys_inputs={"data": data}
    )
    try:
        made = compiler.compile(
            format="pdf",
            pdf_standards=["a-2b"],
            timestamp=dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC),
        )
    except typst.TypstError as error:
        raise _no_letter(error) from error
    if not isinstance(made, bytes):
        raise RuntimeError("Không tạo được PDF")
    return made


def _no_letter(error: typst.TypstError) -> Exception:
    """A refusal naming the character that the print font lacks; any other error as it is."""
    found = _UNPRINTABLE.search(str(error))
    if not found:
        return error
    return Refused(
        Violation(
            "PAPERS-LETTER",
            f"Phông chữ in không có ký tự “{found[1]}”.",
            field="body",
            fix="Thay ký tự đó rồi tạo lại PDF.",
        )
    )
