"""``canbo restructure`` as the contract says: questions, faults, carrying out, annulling; and the real reform of one province."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canbo.facts.decisions.models import Decision
from canbo.facts.organisation import queries as organisation
from canbo.foundation.kernel.violation import Refused
from canbo.processes.restructuring import queries
from canbo.processes.restructuring.commands import restructure
from canbo.processes.restructuring.models import Restructuring
from canbo.readers.exchange.actions import load_book
from canbo.readers.exchange.demo.cases import cai_cach_2025
from canbo.readers.exchange.loader.plan import Terms

from .conftest import dump

D = dt.date
EVE, ON, SECOND = D(2025, 6, 30), D(2025, 7, 1), D(2026, 7, 26)
HEAD = "level,old_code,new_code,new_name,new_kind,new_parent,operation\n"


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def call(*arguments: str, status: int = 0) -> Any:
        parser = argparse.ArgumentParser()
        restructure.configure(parser)
        assert restructure.run(parser.parse_args([*arguments, "--json"])) == status
        return json.loads(capsys.readouterr().out)

    return call


def test_check_says_what_would_happen_and_what_is_asked(world, command, tmp_path: Path):
    before = dump()
    file = tmp_path / "a.csv"
    file.write_text(HEAD + "commune,X,N1,Xã Một,xã,P,\ncommune,X,N2,Xã Hai,xã,P,\n", encoding="utf-8")
    found = command(str(file), "--on", "01/07/2025", "--decision", "1-QĐ/TU", "--check", status=2)
    assert {k: found[k] for k in ("closes", "opens", "applied", "faults")} == {
        "closes": 1, "opens": 2, "applied": False, "faults": [],
    }  # fmt: skip
    question = found["questions"][0]
    assert (question["unit"], question["choices"][:2]) == ("X", ["N1", "N2"])
    assert dump() == before
    assert not Restructuring.objects.exists()
    answers = tmp_path / "b.csv"
    answers.write_text("unit,choice,value\nX,N1,\n", encoding="utf-8")
    found = command(str(file), "--on", "2025-07-01", "--check", "--answers", str(answers))
    assert found["questions"] == []
    assert found["moves"]["unit"] == 1


def test_carried_out_under_a_decision_the_ledger_did_not_know_and_annulled(world, boss, command, tmp_path: Path):
    file = tmp_path / "nhap-xa.csv"
    file.write_text(
        HEAD + "commune,Y,X,,,,\nagency,UY,UX,,,,\nparty,PY,PX,,,,\nparty,PY.1,PX.1,,,,\nparty,PY.2,PX.2,,,,\n",
        encoding="utf-8",
    )
    before = dump()
    found = command(str(file), "--on", "01/07/2025", "--decision", "15/NQ-HĐND")
    assert found["applied"] is True
    assert found["totals"]["before"] == found["totals"]["after"]
    paper = Decision.objects.get(number="15/NQ-HĐND")
    assert (paper.doc_type, paper.in_effect_on) == ("Nghị quyết", ON)
    assert organisation.became(boss, world["Y"], ON) == [world["X"]]
    with pytest.raises(Refused, match="lý do"):
        restructure.run(argparse.Namespace(annul=True, export_reform=None, decision="15/NQ-HĐND", reason="", json=True))
    command("--annul", "--decision", "15/nq-hđnd", "--reason", "thử")
    after = dump()
    assert all(after[name] == rows for name, rows in before.items())
    with pytest.raises(Refused, match="Không có đợt sắp xếp"):
        restructure.run(
            argparse.Namespace(annul=True, export_reform=None, decision="15/NQ-HĐND", reason="x", json=True)
        )


def test_totals_are_told_in_words(world, capsys: pytest.CaptureFixture[str], tmp_path: Path):
    file = tmp_path / "nhap.csv"
    file.write_text(HEAD + "commune,Y,X,,,,\n", encoding="utf-8")
    parser = argparse.ArgumentParser()
    restructure.configure(parser)
    assert restructure.run(parser.parse_args([str(file), "--on", "01/07/2025", "--decision", "15/NQ-HĐND"])) == 0
    told = capsys.readouterr().out
    assert "người giữ chức vụ" in told
    assert "tổng trước và sau khớp" in told
    assert not re.search(r"^[a-z_]+ +\d", told, re.MULTILINE), "a code where a word belongs"


def test_faults_with_lines_and_nothing_written(world, command, tmp_path: Path):
    file = tmp_path / "a.csv"
    file.write_text(HEAD + "commune,QQ,X,,,,\ncommune,Y,N,,,,\ncommune,Z,X,,thành quốc,,\n", encoding="utf-8")
    found = command(str(file), "--on", "01/07/2025", "--decision", "1-QĐ/TU", status=2)
    assert [fault["message"].split(":")[0] for fault in found["faults"]] == ["Dòng 4", "Dòng 2", "Dòng 3", "Dòng 3"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "arguments", [[], ["--check"], ["x.csv", "--on", "2025-07-01"], ["missing.csv", "--on", "2025-07-01", "--check"]]
)
def test_what_is_missing_is_said(arguments):
    parser = argparse.ArgumentParser()
    restructure.configure(parser)
    with pytest.raises(Refused):
        restructure.run(parser.parse_args(arguments))


PROVINCES = ("02", "08")
"""Hà Giang goes into Tuyên Quang: split communes, communes without a successor, districts that end."""


@pytest.fixture
def reform(boss, command, tmp_path: Path) -> Path:
    for book in cai_cach_2025.make(400, 7, D(2026, 11, 22), PROVINCES):
        findings, batch = load_book(boss, book, terms=Terms(D(2026, 11, 22), True, "demo"))
        assert batch is not None, findings.faults[:3]
    file = tmp_path / "sap-xep.csv"
    command("--export-reform", str(file))
    return file


def test_the_real_reform_and_the_change_of_party_bodies_after_it(boss, reform: Path, command):
    found = command(str(reform), "--on", "01/07/2025", "--check", status=2)
    kinds = {question["kind"] for question in found["questions"]}
    assert {"chia_nhieu", "khong_noi_den"} <= kinds
    answers = str(reform.with_suffix(".answers.csv"))
    found = command(str(reform), "--on", "01/07/2025", "--answers", answers, "--decision", "1-NQ/QH")
    assert found["applied"]
    assert found["totals"]["before"] == found["totals"]["after"]
    assert found["totals"]["before"]["person"] == 400
    before, after = (organisation.counts_by_kind(boss, day) for day in (EVE, ON))
    assert (before["tỉnh"], before["huyện"]) == (2, 18)
    assert after["tỉnh"] == 1
    assert "huyện" not in after
    published = {place.code for place in queries.reform.new_units() if place.parent == "08"}
    assert (
        after["xã"]
        == len(published)
        == len(
            set(
                organisation.children(boss, organisation.unit_by_code(boss, "08"), ON)
                .filter(kind="xã")
                .values_list("unit__code", flat=True)
            )
            & published
        )
    )
    _lineage_matches_the_map(boss, published)

    second = reform.with_name("dang-bo.csv")
    command("--export-reform", str(second), "--on", "26/07/2026")
    found = command(str(second), "--on", "26/07/2026", "--decision", "208-QĐ/TW")
    assert found["applied"]
    assert found["totals"]["before"] == found["totals"]["after"]
    now = organisation.counts_by_kind(boss, SECOND)
    assert now["đảng bộ cơ sở"] == after["đảng bộ xã"]
    assert "chi bộ trực thuộc" not in now
    assert "đảng bộ xã" not in now
    assert organisation.counts_by_kind(boss, EVE) == before, "the past stays answerable"
    assert organisation.counts_by_kind(boss, SECOND - dt.timedelta(days=1)) == after
    top = organisation.unit_by_code(boss, "DB.08")
    bodies = organisation.children(boss, top, SECOND).filter(kind="đảng bộ cơ sở")
    assert bodies.count() == after["đảng bộ xã"], "directly under the province"


def _lineage_matches_the_map(boss, published: set[str]) -> None:
    """Forward and back, for every commune of the map."""
    goes = {old: set(new) for old, new in queries.reform.became().items() if set(new) & published}
    back: dict[str, set[str]] = {}
    for old, news in goes.items():
        for new in news:
            back.setdefault(new, set()).add(old)
    for old in sorted(goes)[::25]:
        became = {u.code for u in organisation.became(boss, organisation.unit_by_code(boss, old), ON)}
        assert became == goes[old], old
    for new in sorted(back)[::12]:
        made = {u.code for u in organisation.made_of(boss, organisation.unit_by_code(boss, new), ON)}
        assert made == back[new] or (made == set() and back[new] == {new}), new
