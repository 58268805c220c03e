"""Questions are asked, never guessed; answers fit or are named; faults come all at once with their lines."""

from __future__ import annotations

import pytest

from canbo.foundation.kernel.violation import Refused
from canbo.processes.restructuring import actions, queries
from canbo.processes.restructuring.rules.reading import read_answers, read_lines

from .conftest import EVE, ON

SPLIT = [
    {
        "level": "commune",
        "old_code": "X",
        "new_code": "N1",
        "new_name": "Xã Mới Một",
        "new_kind": "xã",
        "new_parent": "P",
    },
    {
        "level": "commune",
        "old_code": "X",
        "new_code": "N2",
        "new_name": "Xã Mới Hai",
        "new_kind": "xã",
        "new_parent": "P",
    },
]


def kinds(plan) -> dict[str, str]:
    return {question.unit: question.kind for question in plan.questions}


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        pytest.param(SPLIT, {"X": "chia_nhieu"}, id="chia"),
        pytest.param([{"old_code": "X", "new_code": "X"}, {"old_code": "X", "new_code": "Y"}], {"X": "chia_nhieu"},
                     id="tách, đơn vị cũ đi tiếp"),
        pytest.param([{"old_code": "Z"}], {"Z": "khong_noi_den"}, id="không nơi đến"),
        pytest.param([{"new_code": "N", "new_name": "Đặc khu N", "new_kind": "đặc khu", "new_parent": "P"}],
                     {"N": "khong_noi_tu"}, id="không nơi từ"),
        pytest.param([{"old_code": "Z", "new_code": "Z", "new_parent": "P"}], {"D2": "con_rong"}, id="huyện hết xã"),
        pytest.param([{"old_code": "PP", "operation": "giải thể"}], {"PP": "chua_co_cho"}, id="không còn cấp trên"),
        pytest.param([{"old_code": "Z", "operation": "giải thể"}, {"old_code": "D2", "operation": "kết thúc hoạt động"}], {},
                     id="đã ghi hình thức thì không hỏi"),
    ],
)  # fmt: skip
def test_what_cannot_be_known_is_asked(boss, world, case, rows, asked):
    plan = queries.plan(boss, case(rows))
    assert not plan.faults
    assert kinds(plan) == asked
    assert plan.ready == (not asked)


def written(text: str) -> list:
    rows, faults = read_answers("unit,choice,value\n" + text)
    assert not faults
    return rows


@pytest.mark.parametrize(
    ("text", "way"),
    [("X,N2,", ("tat_ca", "N2")), ("X,tat_ca,N1", ("tat_ca", "N1")), ("X,all,N1", ("tat_ca", "N1")),
     ("*,dau_tien,", ("tat_ca", "N1")), ("commune:*,tung_nguoi,", ("tung_nguoi", "D1")), ("X,danh_sach,D1", ("danh_sach", "D1"))],
)  # fmt: skip
def test_answers_to_a_split(world, text, way):
    rows = [(at, row) for at, row in enumerate(SPLIT, 2)]
    _, plan, unused = queries.answered(queries.Lines(ON, rows), written(text))
    assert not unused
    assert not plan.questions
    found = plan.ways["X", ""]
    assert (found.rule, found.target) == way


def test_an_answer_may_lead_to_another_question(world):
    rows = [(2, {"old_code": "Z", "new_code": "Z", "new_parent": "P"})]
    _, plan, unused = queries.answered(queries.Lines(ON, rows), written("D2,ket_thuc,"))
    assert not unused
    assert plan.ready
    assert {closing.code for closing in plan.closings} == {"D2"}
    _, again, _ = queries.answered(queries.Lines(ON, rows), written("D2,giu_nguyen,"))
    assert again.ready
    assert not again.closings


@pytest.mark.parametrize("text", ["Q,giai_the,", "Z,thanh_lap,", "Z,nhap_vao,"])
def test_answers_that_fit_nothing_are_named(world, text):
    _, plan, unused = queries.answered(queries.Lines(ON, [(2, {"old_code": "Z"})]), written(text))
    assert len(unused) == 1
    assert kinds(plan) == {"Z": "khong_noi_den"}


def test_the_unit_without_a_predecessor_comes_from_the_one_that_is_named(world):
    rows = [(2, {"new_code": "N", "new_name": "Đặc khu Hai", "new_kind": "đặc khu", "new_parent": "P"}),
            (3, {"old_code": "D2", "operation": "kết thúc hoạt động"}),
            (4, {"old_code": "Z", "new_code": "Z", "new_parent": "P"})]  # fmt: skip
    assert queries.plan_lines(queries.Lines(ON, rows)).questions[0].hints == ("D2",), "a hint by name, not an answer"
    _, plan, _ = queries.answered(queries.Lines(ON, rows), written("N,hinh_thanh_tu,D2"))
    assert plan.ready
    assert plan.links == [("D2", "N", "chuyen_giao")]


FAULTY = [
    ({"old_code": "QQ", "new_code": "X"}, "RESTRUCTURE-OLD-UNKNOWN"),
    ({"old_code": "X", "new_code": "N"}, "RESTRUCTURE-NEW-NAME"),
    ({"old_code": "X", "new_code": "X", "new_kind": "thành quốc"}, "RESTRUCTURE-KIND"),
    ({"old_code": "X", "new_code": "Y", "operation": "nhập nhằng"}, "RESTRUCTURE-OPERATION"),
    ({"old_code": "X", "new_code": "Y", "operation": "đổi tên"}, "RESTRUCTURE-CODE-KEPT"),
    ({"old_code": "X", "new_code": "X", "operation": "giải thể"}, "RESTRUCTURE-END-SELF"),
    ({"old_code": "X", "operation": "sáp nhập"}, "RESTRUCTURE-NO-NEW"),
    ({"old_code": "X", "new_code": "X", "new_parent": "QQ"}, "RESTRUCTURE-PARENT"),
    ({"old_code": "X", "new_code": "X", "new_parent": "X"}, "RESTRUCTURE-PARENT-SELF"),
    ({"old_code": "D1", "new_code": "D1", "new_parent": "UX"}, "RESTRUCTURE-CYCLE"),
]


@pytest.mark.parametrize(("row", "code"), FAULTY, ids=[code for _, code in FAULTY])
def test_a_wrong_line_is_named(boss, world, case, row, code):
    plan = queries.plan(boss, case([row]))
    assert code in {fault.code for fault in plan.faults}
    assert not plan.ready


def test_every_fault_at_once_with_its_line(world):
    rows, faults = read_lines(
        "level;old_code;new_code;new_name;new_kind;new_parent\ncommune;QQ;X;;;\n\ncommune;X;X;Xã An;xã;P\ncommune;Y;X;Xã Khác;;"
    )
    assert not faults
    plan = queries.plan_lines(queries.Lines(ON, rows))
    assert [fault.message.split(":")[0] for fault in plan.faults] == ["Dòng 2", "Dòng 5"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "RESTRUCTURE-EMPTY"), ("a,b\n1,2", "RESTRUCTURE-COLUMN"), ("old_code,new_code\n,", "RESTRUCTURE-EMPTY"),
     ("old_code,new_code\n1,2,3", "RESTRUCTURE-CELLS"), ("level,old_code,new_code\nxã,,", "RESTRUCTURE-ROW")],
)  # fmt: skip
def test_a_file_of_another_form_is_refused(text, code):
    _, faults = read_lines(text)
    assert code in {fault.code for fault in faults}


def test_deciding_is_refused_while_something_is_asked(boss, world, case):
    from ... import factories as make

    found = case(SPLIT)
    actions.take_step(boss, case=found, step="de_an", on=EVE, paper="Đề án")
    with pytest.raises(Refused, match="nhiều đơn vị mới"):
        actions.decide(boss, case=found, decision=make.decision("1-QĐ/TU", on=EVE), on=EVE, reason="thử")
    actions.answer(boss, case=found, answers=[("X", "chia_nhieu", "N1", "")])
    assert queries.plan(boss, found).ready


def test_outside_the_scope_nothing_may_be_touched(boss, world, case):
    plan = queries.plan(boss, case([{"old_code": "X", "new_code": "Y"}], scope=world["D1"]))
    assert "RESTRUCTURE-SCOPE" not in {f.code for f in plan.faults}
    plan = queries.plan(boss, case([{"old_code": "Z", "new_code": "X"}], scope=world["D1"]))
    assert "RESTRUCTURE-SCOPE" in {f.code for f in plan.faults}


def test_a_long_word_for_an_operation_is_kept_by_its_code_and_a_long_cell_is_refused(boss, world, case):
    found = case([{"old_code": "Z", "new_code": "Z", "new_parent": "P", "operation": "Chuyển giao nguyên trạng"}])
    assert [row.operation for row in queries.operations(boss, found)] == ["chuyen_giao"]
    with pytest.raises(Refused, match="chỉ ghi được 40") as error:
        case([{"old_code": "9" * 41}, {"old_code": "X", "new_name": "A" * 256}])
    assert len(error.value.violations) == 2
    strange = case([{"old_code": "Z", "operation": "nhập lại rồi chuyển về nơi khác"}])
    assert any("nhập lại rồi chuyển về nơi khác" in fault.message for fault in queries.plan(boss, strange).faults)
