"""A small rulebook of an invented country's Centre, province and unit, written to disk for each test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SOURCES = """
[reg-1-2020-01-01]
number = "1-QĐ/X"
issued = 2020-01-01
issuer = "Trung ương"
title = "Quy định thứ nhất"
effective = 2020-01-01
certainty = "text"

[reg-2-2025-07-01]
number = "1-QĐ/X"
issued = 2025-07-01
issuer = "Trung ương"
title = "Quy định cùng số, năm sau"
effective = 2025-07-01
replaces = ["reg-1-2020-01-01"]
certainty = "secondary"
"""
AGE = """
subject = "sport.entry"
title = "Vào đội"

[values.age]
title = "Tuổi tối thiểu"
unit = "year"
entries = [
  { from = 2020-01-01, to = 2025-07-01, value = 16, source = "reg-1-2020-01-01", article = "4.1", certainty = "text" },
  { from = 2025-07-01, value = 18, source = "reg-2-2025-07-01", article = "5", certainty = "unsure", note = "Chờ." },
]

[catalogues.roles]
title = "Vai trò"
source = "reg-1-2020-01-01"
certainty = "text"
rows = [
  { key = "captain", label = "Đội trưởng", aliases = ["trưởng đội"], pay = 2 },
  { key = "keeper", label = "Thủ môn", to = 2025-07-01 },
  { key = "libero", label = "Hoà giải viên", from = 2025-07-01 },
]
"""


class Shelf:
    """Writes rulebook files and remembers the directories."""

    def __init__(self, root: Path):
        self.central = root / "central"
        self.local = root / "local"
        self.directories = [self.central, self.local]

    def write(self, name: str, text: str, *, layer: str = "") -> Path:
        path = (self.local / layer if layer else self.central) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def layer(self, folder: str, level: str, name: str, unit: str = "") -> None:
        self.write("layer.toml", f'level = "{level}"\nname = "{name}"\nunit = "{unit}"\n', layer=folder)
        self.write(
            "sources.toml",
            f'[{folder}-2021-01-01]\nnumber = "9-NQ"\nissued = 2021-01-01\nissuer = "{name}"\ntitle = "Nghị quyết"\n'
            'effective = 2021-01-01\ncertainty = "text"\n',
            layer=folder,
        )

    def override(self, folder: str, value: int, source: str | None = None) -> Path:
        text = (
            'subject = "sport.entry"\n[values.age]\ntitle = "Tuổi tối thiểu"\nunit = "year"\nentries = [\n'
            f'  {{ from = 2021-01-01, to = 2023-01-01, value = {value}, source = "{source or folder + "-2021-01-01"}",'
            ' certainty = "text" },\n]\n'
        )
        return self.write("sport/entry.toml", text, layer=folder)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    made = Shelf(tmp_path)
    made.write("sources.toml", SOURCES)
    made.write("sport/entry.toml", AGE)
    return made


@pytest.fixture(scope="session")
def sources_text() -> str:
    return SOURCES


@pytest.fixture(scope="session")
def age_text() -> str:
    return AGE


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The rules of the repository alone, whatever the machine has locally."""
    monkeypatch.delenv("RULEBOOKS", raising=False)
    monkeypatch.setenv("CANBO_LOCAL_RULES", os.fspath(tmp_path_factory.getbasetemp() / "none"))
