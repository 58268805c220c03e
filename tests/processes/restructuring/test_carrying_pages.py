"""Pages from the preview to the end: questions, ways, deciding, carrying out, placing, handing over, annulling."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client

from canbo.facts.decisions.models import Decision
from canbo.facts.decisions.rules import number_key
from canbo.facts.organisation.models import Unit, UnitVersion
from canbo.facts.party.models import Membership
from canbo.foundation.kernel.actor import Actor
from canbo.processes.restructuring import actions
from canbo.processes.restructuring.choices import Rule
from canbo.processes.restructuring.models import Answer, CarryPlace, HandOver, Restructuring, Waiting

from ... import factories as make
from .conftest import ON, TODAY, World

Enter = Callable[..., Client]
MERGE = ({"old_code": "PX", "new_code": "PY"},)
SPLIT = (
    {"old_code": "PX.1", "new_code": "PY.1"},
    {"old_code": "PX.1", "new_code": "PY.2"},
)


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser signed in as a role over a unit; everywhere without one."""

    def sign_in(role: str = "lanh_dao", where: Unit | None = None) -> Client:
        client = Client()
        user = make.account(f"vai-{role}-{where.pk if where else 0}", role, where)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def paper() -> Decision:
    """The decision, as the clerk recorded it."""
    return Decision.objects.create(
        number="88-QĐ/TU", number_key=number_key("88-QĐ/TU"), issued_on=dt.date(2025, 6, 20), issuer="Tỉnh ủy",
        issuer_key="tinh uy", abstract="Về việc sắp xếp",
    )  # fmt: skip


def drafted(boss: Actor, *rows: dict[str, str]) -> Restructuring:
    return actions.draft(boss, title="Sắp xếp chi bộ", on=ON, day=dt.date(2025, 5, 1), rows=rows)


def text(client: Client, case: Restructuring, address: str = "") -> str:
    answer = client.get(f"/sap-xep/{case.pk}/{address}")
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Client, case: Restructuring, address: str, **data: object) -> str:
    return client.post(f"/sap-xep/{case.pk}/{address}", {"x": "", **data}, follow=True).content.decode()


def decided(client: Client, case: Restructuring, number: str = "88-QĐ/TU") -> str:
    actions_before = {"step": "de_an", "on": "02/05/2025", "paper": "1-TTr"}
    client.post(f"/sap-xep/{case.pk}/buoc/", actions_before)
    return post(client, case, "quyet-dinh/", number=number, on="20/06/2025", reason="Theo chỉ đạo chung")


def test_the_preview_says_in_plain_words_what_would_happen(world: World, boss: Actor, enter: Enter) -> None:
    case = drafted(
        boss,
        {"old_code": "PX.1", "new_code": "PX.2"},
        {"old_code": "PY", "new_code": "PY", "new_name": "Đảng bộ xã Mới"},
    )
    client = enter()
    page = text(client, case)
    assert "đủ điều kiện để quyết định" in page
    closing = text(client, case, "xem-truoc/?phan=het")
    assert "Chi bộ thôn 1 xã An" in closing
    assert "Chi bộ thôn 2 xã An (PX.2)" in closing
    assert "sáp nhập" in closing
    changed = text(client, case, "xem-truoc/?phan=doi")
    assert "Đảng bộ xã Mới" in changed
    received = text(client, case, "xem-truoc/?phan=nhan")
    assert "Tiếp nhận từ" in received
    assert "Chi bộ thôn 1 xã An (PX.1)" in received
    moves = text(client, case, "xem-truoc/?phan=chuyen")
    assert "đảng viên" in moves
    assert "Không có gì ở phần này" in text(client, case, "xem-truoc/?phan=chuyen&q=zzz")
    assert not Waiting.objects.exists()
    assert UnitVersion.objects.filter(in_force__upper_inf=False).count() == 0, "nothing was written"


def test_faults_of_a_plan_are_all_told(world: World, boss: Actor, enter: Enter) -> None:
    case = drafted(
        boss, {"old_code": "KHONG", "new_code": "PX.2"}, {"old_code": "PX.1", "new_code": "PX.2", "new_kind": "bậy"}
    )
    page = text(enter(), case, "xem-truoc/?phan=loi")
    assert "KHONG" in page
    assert "không có loại hình “bậy”" in page
    assert "Phương án còn lỗi" in text(enter("chuyen_vien"), case, "ra-soat/")


def test_questions_are_answered_one_by_one_and_taken_back(world: World, boss: Actor, enter: Enter) -> None:
    case = drafted(boss, *SPLIT, {"old_code": "PZ.1"})
    client = enter()
    page = text(client, case, "cau-hoi/")
    assert page.count('name="don_vi"') == 2
    told = post(
        client, case, "cau-hoi/tra-loi/", don_vi=["PX.1", "PZ.1"], hoi=["chia_nhieu", "khong_noi_den"],
        chon=["PY.2", "nhap_vao"], den=["", ""],
    )  # fmt: skip
    assert "PZ.1: chưa ghi đơn vị" in told
    assert not Answer.objects.exists(), "all or nothing"
    post(
        client, case, "cau-hoi/tra-loi/", don_vi=["PX.1", "PZ.1"], hoi=["chia_nhieu", "khong_noi_den"],
        chon=["PY.2", "nhap_vao"], den=["", "thon 2 xa can"],
    )  # fmt: skip
    assert Answer.objects.get(unit_code="PZ.1").value == "PZ.2"
    assert "Không còn câu hỏi nào" in text(client, case, "cau-hoi/")
    given = text(client, case, "cau-hoi/?phan=da-tra-loi")
    assert "tất cả về Chi bộ thôn 2 xã Bình" in given
    post(client, case, "cau-hoi/rut/", chon=[Answer.objects.get(unit_code="PX.1").pk])
    assert text(client, case, "cau-hoi/").count('name="don_vi"') == 1


def test_many_questions_of_one_kind_are_answered_at_once(world: World, boss: Actor, enter: Enter) -> None:
    case = drafted(boss, *SPLIT, *({"old_code": code} for code in ("PZ.1", "PZ.2", "UZ")))
    client = enter()
    assert "Trả lời chung" not in text(client, case, "cau-hoi/"), "two kinds have no answer in common"
    assert "Trả lời tất cả 2 câu" in text(client, case, "cau-hoi/?loai=khong_noi_den&q=chi bo")
    refused = post(client, case, "cau-hoi/tra-loi-het/", loai="", q="", cap="", chon="giai_the")
    assert "không dùng chung" in refused
    post(client, case, "cau-hoi/tra-loi-het/", loai="khong_noi_den", q="chi bo", cap="", chon="giai_the", den="")
    assert set(Answer.objects.values_list("unit_code", "choice")) == {("PZ.1", "giai_the"), ("PZ.2", "giai_the")}
    post(client, case, "cau-hoi/tra-loi-het/", loai="chia_nhieu", q="", cap="", chon="dau", den="")
    assert Answer.objects.get(unit_code="PX.1").choice == "PY.1"


@pytest.fixture
def split(world: World, boss: Actor) -> Restructuring:
    """A cell that goes into two, its members by a list."""
    case = drafted(boss, *SPLIT)
    actions.answer(boss, case=case, answers=[("PX.1", "chia_nhieu", "danh_sach", "")])
    return case


def test_ways_are_seen_and_changed_kind_by_kind(split: Restructuring, enter: Enter) -> None:
    client = enter()
    assert "Chi bộ thôn 1 xã An" in text(client, split, "cach-chuyen/?cach=danh_sach")
    page = text(client, split, "cach-chuyen/PX.1/")
    assert "chia theo danh sách" in page
    assert "chưa xếp" in page
    done = post(
        client, split, "cach-chuyen/PX.1/doi/", **{"cach-membership": Rule.ONE_BY_ONE, "den-membership": "PY.1"}
    )
    assert "Đã đổi cách chuyển" in done
    assert "chờ bố trí" in text(client, split, "cach-chuyen/PX.1/")
    assert "Không có cách chuyển nào được đổi" in post(client, split, "cach-chuyen/PX.1/doi/")
    assert client.get(f"/sap-xep/{split.pk}/cach-chuyen/PZ.1/").status_code == 404, "nothing leaves it"


def test_members_are_sent_by_ticking_and_by_pasting(split: Restructuring, world: World, enter: Enter) -> None:
    client = enter()
    one, two = Membership.objects.filter(unit__code="PX.1").order_by("person__sort_key")
    post(client, split, "cach-chuyen/PX.1/xep/", loai="membership", den="PY.1", chon=[one.pk])
    pasted = f"1\t{two.person.code}\nKhông Có Ai\n"
    told = post(client, split, "cach-chuyen/PX.1/xep/", loai="membership", den="PY.2", dan=pasted)
    assert "Không Có Ai" in told
    assert dict(CarryPlace.objects.values_list("row", "target")) == {one.pk: "PY.1", two.pk: "PY.2"}
    post(client, split, "cach-chuyen/PX.1/xep/", loai="membership", den="", chon=[one.pk])
    assert CarryPlace.objects.count() == 1
    elsewhere = Membership.objects.filter(unit__code="PZ.1").first()
    refused = post(client, split, "cach-chuyen/PX.1/xep/", loai="membership", den="PY.1", chon=[elsewhere.pk])
    assert "Chưa đánh dấu" in refused, "somebody of another unit is not on this list"


def test_deciding_needs_the_ledger_and_the_right_to_carry_out(
    world: World, boss: Actor, enter: Enter, paper: Decision
) -> None:
    case = drafted(boss, *MERGE)
    clerk = enter("chuyen_vien")
    assert clerk.get(f"/sap-xep/{case.pk}/quyet-dinh/").status_code == 403
    assert clerk.post(f"/sap-xep/{case.pk}/thuc-hien/").status_code == 403
    assert clerk.post(f"/sap-xep/{case.pk}/huy/").status_code == 403
    head = enter()
    assert "chưa có quyết định số 99-QĐ/TU" in decided(head, case, "99-QĐ/TU")
    assert "Đã quyết định theo" in decided(head, case)
    assert "Thực hiện phương án" in text(head, case)
    assert "Thêm dòng" not in text(clerk, case, "phuong-an/")


def test_open_questions_stop_the_decision(world: World, boss: Actor, enter: Enter, paper: Decision) -> None:
    case = drafted(boss, *SPLIT)
    page = decided(enter(), case)
    assert "Đi vào nhiều đơn vị mới" in page
    case.refresh_from_db()
    assert case.decision is None


@pytest.fixture
def carried(split: Restructuring, boss: Actor, enter: Enter, paper: Decision) -> tuple[Restructuring, Client]:
    """The case of the list, carried out with everybody still to be placed."""
    client = enter()
    decided(client, split)
    assert "Đang chạy" in post(client, split, "thuc-hien/")
    actions.apply(boss, case=split, today=TODAY)  # the worker's part; jobs have tests of their own
    split.refresh_from_db()
    return split, client


def test_afterwards_totals_stand_side_by_side_and_what_is_left_is_named(carried: tuple[Restructuring, Client]) -> None:
    case, client = carried
    page = text(client, case)
    assert "Tổng trước và sau" in page
    assert "Gộp làm một" in page
    assert "Người, số liệu chờ bố trí" in page
    did = text(client, case, "xem-truoc/?phan=het")
    assert "Chi bộ thôn 1 xã An" in did
    assert "Đã thực hiện" in did
    picture = text(client, case, "xem-truoc/?phan=hinh")
    assert picture.count('class="flow"') == 2, "both cells that received"
    assert "/don-vi/bien-dong/?tu=30/06/2025&amp;den=01/07/2025" in page


def test_the_work_list_is_emptied(carried: tuple[Restructuring, Client], world: World) -> None:
    case, client = carried
    page = text(client, case, "cho-bo-tri/")
    rows = list(Waiting.objects.filter(case=case))
    assert len(rows) == 2
    assert "Nguyễn Văn X" in page
    assert "Chưa đánh dấu dòng nào" in post(client, case, "cho-bo-tri/xep/")
    asked = post(client, case, "cho-bo-tri/xep/", chon=[row.pk for row in rows])
    assert "Bố trí 2 dòng" in asked
    wrong = post(client, case, "cho-bo-tri/xep/", chon=[row.pk for row in rows], unit="UX", on="01/07/2025")
    assert "không phải là tổ chức đảng" in wrong
    post(client, case, "cho-bo-tri/xep/", chon=[row.pk for row in rows], unit="PY.2", on="01/07/2025")
    assert "Không còn ai chờ bố trí" in text(client, case, "cho-bo-tri/")
    here = Membership.objects.filter(unit__code="PY.2", in_force__upper_inf=True, voided_on=None)
    assert here.count() == 4


def test_the_work_list_of_all_cases(carried: tuple[Restructuring, Client]) -> None:
    _, client = carried
    page = client.get("/sap-xep/cho-bo-tri/").content.decode()
    assert "Nguyễn Văn X" in page
    assert "Sắp xếp chi bộ" in page


def test_the_desk_tells_what_waits(
    split: Restructuring, carried: tuple[Restructuring, Client], boss: Actor, world: World, paper: Decision
) -> None:
    _, client = carried
    desk = client.get("/").content.decode()
    assert "chờ bố trí sau sắp xếp" in desk
    assert "chờ thực hiện" not in desk
    other = drafted(boss, {"old_code": "PZ.1", "new_code": "PZ.2"})
    decided(client, other)
    desk = client.get("/").content.decode()
    assert "/sap-xep/?tinh_trang=cho_thuc_hien" in desk
    listed = client.get("/sap-xep/?tinh_trang=cho_thuc_hien").content.decode()
    assert f"/sap-xep/{other.pk}/" in listed
    assert f"/sap-xep/{split.pk}/" not in listed


def test_handing_over_is_ticked_and_unticked(carried: tuple[Restructuring, Client], world: World) -> None:
    case, client = carried
    unit = world["PX.1"]
    page = text(client, case, "ban-giao/")
    assert "Chi bộ thôn 1 xã An" in page
    assert "<b>0</b> trong 5" in page
    ticks = [f"{unit.pk}-con_dau", f"{unit.pk}-ho_so"]
    post(client, case, "ban-giao/", xong=ticks, on="03/07/2025", note="BB 01")
    assert set(HandOver.objects.values_list("asset", "note")) == {("con_dau", "BB 01"), ("ho_so", "BB 01")}
    post(client, case, "ban-giao/", xong=ticks[:1], on="04/07/2025", note="")
    assert list(HandOver.objects.values_list("asset", "on")) == [("con_dau", dt.date(2025, 7, 3))]


def test_it_is_annulled_with_a_reason(carried: tuple[Restructuring, Client], world: World, boss: Actor) -> None:
    case, client = carried
    assert "Chỗ này chưa ghi" in post(client, case, "huy/", reason="")
    assert "Đang chạy" in post(client, case, "huy/", reason="Sai thẩm quyền")
    actions.annul(boss, case=case, on=TODAY, reason="Sai thẩm quyền")
    page = text(client, case)
    assert "Sai thẩm quyền" in page
    assert UnitVersion.objects.at(dt.date(2025, 8, 1)).filter(unit=world["PX.1"]).exists()
    assert "Không còn ai" in client.get("/sap-xep/cho-bo-tri/").content.decode()


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx"])
def test_the_plan_is_taken_along(world: World, boss: Actor, enter: Enter, ending: str) -> None:
    case = drafted(boss, {"old_code": "PX.1", "new_code": "PX.2"})
    answer = enter().get(f"/sap-xep/{case.pk}/tep/{ending}/")
    assert answer.status_code == 200
    assert f"sap-xep-chi-bo.{ending}" in answer["Content-Disposition"]
    if ending == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert [cell.value for cell in book["Đơn vị kết thúc"][2]][:2] == ["PX.1", "Chi bộ thôn 1 xã An"]
    assert enter("chuyen_vien").get(f"/sap-xep/{case.pk}/tep/txt/").status_code == 404


def test_out_of_scope_a_case_is_not_there(world: World, boss: Actor, enter: Enter) -> None:
    case = actions.draft(
        boss, title="A", on=ON, scope=world["PX"], day=ON, rows=[{"old_code": "PX.1", "new_code": "PX.2"}]
    )
    foreign = enter("lanh_dao", world["PZ"])
    for address in (
        "xem-truoc/",
        "cau-hoi/",
        "cach-chuyen/",
        "ra-soat/",
        "cho-bo-tri/",
        "quyet-dinh/",
        "huy/",
        "tep/docx/",
    ):
        assert foreign.get(f"/sap-xep/{case.pk}/{address}").status_code == 404, address
    own = enter("lanh_dao", world["PX"])
    assert "Chi bộ thôn 1 xã An" in text(own, case, "xem-truoc/?phan=het")


def test_pages_of_a_large_plan_take_few_queries(
    world: World, boss: Actor, enter: Enter, django_assert_max_num_queries
) -> None:
    for number in range(120):
        world.add(f"PX.9{number:03d}", f"Chi bộ {number:03d}", "PX", "chi bộ trực thuộc", "dang")
    case = drafted(boss, *({"old_code": f"PX.9{number:03d}"} for number in range(120)))
    client = enter()
    for address in ("cau-hoi/", "xem-truoc/", "cach-chuyen/", "ra-soat/"):
        text(client, case, address)
        with django_assert_max_num_queries(28):
            text(client, case, address)
