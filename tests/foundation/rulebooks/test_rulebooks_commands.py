"""``canbo rules``: exit status, Vietnamese text, and nothing but JSON with --json."""

from __future__ import annotations

import argparse
import json

import pytest

from canbo.foundation.rulebooks import commands


@pytest.fixture
def canbo_rules(shelf, monkeypatch, capsys):
    monkeypatch.setenv("RULEBOOKS", str(shelf.central))
    monkeypatch.setenv("CANBO_LOCAL_RULES", str(shelf.local))

    def call(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        commands.configure(parser)
        status = commands.run(parser.parse_args(words))
        return status, *capsys.readouterr()

    return call


def test_check_of_sound_rules(canbo_rules):
    status, out, _ = canbo_rules("check")
    assert status == 0
    assert "1 chủ đề, 2 văn bản" in out
    assert json.loads(canbo_rules("check", "--json")[1]) == {"ok": True, "faults": []}


def test_check_names_file_and_line(canbo_rules, shelf, age_text):
    path = shelf.write("sport/entry.toml", age_text.replace('unit = "year"', 'unit = "x"'))
    status, out, _ = canbo_rules("check")
    assert status == 2
    assert out.startswith(f"{path}:5: ")
    (fault,) = json.loads(canbo_rules("check", "--json")[1])["faults"]
    assert (fault["code"], fault["line"]) == ("unit", 5)


@pytest.mark.parametrize(("day", "words"), [("30/06/2025", "16 năm"), ("2025-07-01", "18 năm")])
def test_show_prints_value_source_dates_and_certainty(canbo_rules, day, words):
    status, out, _ = canbo_rules("show", "sport.entry", "--on", day)
    assert status == 0
    assert words in out
    assert "1-QĐ/X ngày" in out
    assert ("chưa kiểm chứng" in out) == (day == "2025-07-01")


def test_show_as_json(canbo_rules):
    document = json.loads(canbo_rules("show", "sport.entry", "--on", "30/06/2025", "--json")[1])
    assert (document["on"], document["subject"]) == ("2025-06-30", "sport.entry")
    age = document["values"][0]
    assert (age["value"], age["from"], age["to"]) == (16, "2020-01-01", "2025-07-01")
    assert age["source"] == {"id": "reg-1-2020-01-01", "number": "1-QĐ/X", "issued": "2020-01-01"}
    assert [row["value"]["key"] for row in document["values"][1:]] == ["captain", "keeper"]


def test_show_takes_the_unit_into_account(canbo_rules, shelf):
    shelf.layer("xa", "unit", "Xã Mẫu", unit="X1")
    shelf.override("xa", 15)
    assert "15 năm" in canbo_rules("show", "sport.entry", "--on", "2022-01-01", "--unit", "X1")[1]
    assert "16 năm" in canbo_rules("show", "sport.entry", "--on", "2022-01-01")[1]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("show", "sport.entri", "--on", "2025-07-01"), "Gần giống: sport.entry"),
        (("show", "sport.entry", "--on", "07/2025"), "chưa đủ ngày"),
        (("show", "sport.entry", "--on", "31/02/2025"), "không phải là ngày có thật"),
    ],
)
def test_a_question_without_answer_is_refused(canbo_rules, words, message):
    status, out, err = canbo_rules(*words)
    assert (status, out) == (2, "")
    assert message in err
    assert message in json.loads(canbo_rules(*words, "--json")[1])["message"]


def test_show_of_faulty_rules_fails(canbo_rules, shelf, age_text):
    shelf.write("sport/entry.toml", age_text.replace("value = 16", "value ="))
    status, _, err = canbo_rules("show", "sport.entry", "--on", "2025-07-01")
    assert status == 1
    assert "Sai cú pháp" in err
