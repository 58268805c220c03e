"""``canbo score``: the contract of its JSON, refusals with every fault at once, and the list of rulebooks."""

from __future__ import annotations

import argparse
import json

import pytest

from canbo.processes.evaluation.commands import score

FULL = {"I.1": 5, "I.2": 5, **{f"{g}.{n}": 2.5 for g in ("II", "III") for n in (1, 2, 3, 4)}}
TASKS = [
    {"coef": 1.0, "assigned": 5, "done": 4, "quality_fails": 0, "delays": 4, "ad_hoc": False},
    {"coef": 2.7, "assigned": 3, "done": 3, "quality_fails": 1, "delays": 2, "excused_delays": 0, "excused_fails": 0},
    {"coef": 3.7, "assigned": 1, "done": 0.8, "quality_fails": 2, "delays": 0},
]
STAFF = {"subject_group": "non_leader", "criteria": FULL, "tasks": TASKS, "facts": {"months_worked": 12}}


@pytest.fixture
def run(shipped_rules, tmp_path, capsys):
    def call(*arguments, data=None, text=None):
        parser = argparse.ArgumentParser()
        score.configure(parser)
        arguments = list(map(str, arguments))
        if data is not None or text is not None:
            path = tmp_path / "subject.json"
            path.write_text(text if text is not None else json.dumps(data), encoding="utf-8")
            arguments.insert(1, str(path))
        status = score.run(parser.parse_args(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def test_json_contract(run):
    status, out, err = run("nd335-2025-civil-servant", "--on", "2026-03-01", "--json", data=STAFF)
    assert (status, err) == (0, "")
    found = json.loads(out)
    assert {"common", "a", "b", "c", "result", "total", "grade_by_points", "grade", "reasons", "notes"} <= set(found)
    shown = [round(found[key], 1) for key in ("common", "a", "b", "c", "result", "total")]
    assert shown == [30.0, 89.6, 68.8, 41.7, 66.7, 76.7]
    assert (found["grade_by_points"], found["grade"]) == ("HTT", "HTT")
    assert found["total"] != round(found["total"], 3)
    assert all({"rule", "article", "met", "value"} <= set(reason) for reason in found["reasons"])


def test_leader_and_support(run):
    leader = {**STAFF, "subject_group": "leader", "leader": {"d": 50, "dd": 50, "e": 100}}
    _, out, _ = run("nd335", "--on", "01/03/2026", "--json", data=leader)
    assert round(json.loads(out)["result"], 1) == 66.7
    support = {"subject_group": "support", "criteria": FULL, "components": {"a": 90, "b": 80, "c": 70}}
    _, out, _ = run("nd335", "--on", "01/03/2026", "--json", data=support)
    assert json.loads(out)["total"] == 86


def test_nothing_assigned_gives_no_grade_and_a_note(run):
    status, out, _ = run("nd335", "--on", "2026-03-01", "--json", data={**STAFF, "tasks": []})
    found = json.loads(out)
    assert (status, found["grade"], found["total"]) == (0, None, None)
    assert found["notes"]


def test_in_words(run):
    status, out, _ = run("nd335", "--on", "2026-03-01", data={**STAFF, "facts": {"disciplined_for_duty": True}})
    assert status == 0
    assert "100 × 15,06 ÷ 16,8 = 89,643" in out
    assert "[THUỘC] trường hợp loại trừ" in out
    assert "Kết quả: Không hoàn thành nhiệm vụ." in out


def test_every_fault_at_once(run):
    bad = {
        "subject_group": "non_leader",
        "criteria": {"I.1": 9, "X": 1, "I.2": "a"},
        "tasks": [{"coef": 0, "assigned": -1}, {"quality_fails": 1, "excused_fails": 2, "colour": 1}, 7],
        "facts": {"disciplined_for_duty": "no", "unheard_of": 1},
        "surprise": True,
    }
    status, out, err = run("nd335", "--on", "2026-03-01", data=bad)
    assert (status, out) == (2, "")
    for words in (
        "Tiêu chí I.1: 9 điểm, ngoài khoảng 0 đến 5",
        "Không chấm điểm ở tiêu chí “X”",
        "criteria.I.2: “a” không phải là số",
        "hệ số 0 phải lớn hơn 0",
        "số lượng giao -1 không được âm",
        "miễn trừ nhiều hơn số lần ghi nhận",
        "tasks[2].colour",
        "tasks[3]: phải là một đối tượng",
        "Không có thông tin tên “unheard_of”",
        "ghi true (có), false (không)",
        "surprise: không hiểu mục này",
        "Có 11 lỗi",
    ):
        assert words in err


def test_faults_as_json(run):
    status, out, err = run(
        "nd335", "--on", "2026-03-01", "--json", data={"subject_group": "nobody", "tasks": [{"coef": -1}]}
    )
    assert (status, err) == (2, "")
    found = json.loads(out)
    assert found["ok"] is False
    assert {fault["code"] for fault in found["faults"]} == {"EVAL-GROUP", "EVAL-TASK"}


@pytest.mark.parametrize(
    ("arguments", "text", "words"),
    [
        (("nd335", "--on", "2025-12-31"), "{}", "không có hiệu lực ngày 31/12/2025"),
        (("unknown-book",), "{}", "Không có bộ quy tắc đánh giá “unknown-book”"),
        (("nd335", "--on", "2026-03-01"), "{", "dòng 1, cột 2: không đúng cú pháp JSON"),
        (("nd335", "--on", "2026-03-01"), "[]", "phải chứa một đối tượng JSON"),
        (("nd335", "--on", "2026-03-01"), "{}", "thiếu nhóm đối tượng"),
        (("nd335", "--on", "03/2026"), "{}", "chưa đủ ngày, tháng, năm"),
        (
            ("nd335", "--on", "2026-03-01"),
            '{"subject_group": "non_leader", "criteria": {"I.1": NaN}}',
            "không phải là số",
        ),
    ],
)
def test_refusals(run, arguments, text, words):
    status, _, err = run(*arguments, text=text)
    assert status == 2
    assert words in err


def test_a_missing_file_fails(run, tmp_path):
    status, _, err = run("nd335", tmp_path / "nowhere.json")
    assert status == 1
    assert "Không đọc được" in err


def test_without_arguments(run):
    status, _, err = run()
    assert status == 2
    assert "canbo score --list" in err


def test_list(run):
    status, out, _ = run("--list", "--json")
    rows = {row["code"]: row for row in json.loads(out)["rulebooks"]}
    assert status == 0
    assert rows["hanoi-3814-2018"]["to"] == "2021-10-28"
    assert rows["nd335-2025-civil-servant"]["groups"] == ["non_leader", "leader", "support", "agency"]
    _, words, _ = run("--list", "--on", "2019-05-01")
    assert "hanoi-3814-2018" in words
    assert "nd335" not in words


def test_a_unit_brings_its_layer(run):
    data = {
        "subject_group": "leader",
        "criteria": {f"A.{n}": 2 if n < 10 or n > 13 else 1 for n in range(1, 18)},
        "tasks": [{"coef": 1.1, "assigned": 1, "done": 1, "delays": 2, "quality": 100}],
        "facts": {"unit_done_ratio": 1},
    }
    status, out, _ = run("6-truc", "--on", "2026-07-01", "--unit", "79", "--json", data=data)
    assert status == 0
    assert json.loads(out)["result"] == 94
