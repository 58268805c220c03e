"""Pages of a case while it is prepared: list, new, lines, steps, withdrawing, who may what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import operator
from canbo.processes.restructuring import actions
from canbo.processes.restructuring.models import Operation, Restructuring

from ... import factories

ON = dt.date(2026, 10, 1)
CLERK = operator("thử")
Enter = Callable[..., Client]


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser signed in as a role over a unit; everywhere without one."""

    def sign_in(role: str = "chuyen_vien", where: Unit | None = None) -> Client:
        client = Client()
        user = factories.account(f"vai-{role}-{where.pk if where else 0}", role, where)
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture
def commune(db: None) -> Unit:
    """A commune with three cells."""
    root = factories.unit("Đảng bộ xã Bình An", code="X1", kind="Đảng bộ xã")
    for number, name in enumerate(("Đông", "Tây", "Nam"), 1):
        factories.unit(f"Chi bộ thôn {name}", root, code=f"X1.0{number}")
    return root


def grid(*rows: dict[str, str]) -> dict[str, str]:
    """What the grid of lines sends."""
    data = {"dong-TOTAL_FORMS": str(len(rows)), "dong-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"dong-{number}-{name}": value for name, value in row.items()}
    return data


MERGE = {"old_code": "X1.01", "new_code": "X1.02"}


def drafted(root: Unit, *rows: dict[str, str]) -> Restructuring:
    return actions.draft(CLERK, title="Sắp xếp chi bộ", on=ON, scope=root, day=dt.date(2026, 9, 1), rows=rows)


def test_an_empty_list_invites_those_who_may(commune: Unit, enter: Enter) -> None:
    assert "Lập phương án" in enter().get("/sap-xep/").content.decode()
    assert 'href="/sap-xep/moi/"' not in enter("thanh_tra").get("/sap-xep/").content.decode()
    assert enter("nguoi_xem").get("/sap-xep/").status_code == 403


def test_a_case_is_opened_and_its_lines_are_added_from_the_grid(commune: Unit, enter: Enter) -> None:
    client = enter()
    answer = client.post("/sap-xep/moi/", {"title": "Sắp xếp chi bộ", "on": "01/10/2026", "scope": "Bình An"})
    case = Restructuring.objects.get()
    assert answer["Location"] == f"/sap-xep/{case.pk}/phuong-an/"
    assert (case.scope, case.on) == (commune, ON)
    client.post(answer["Location"], grid(MERGE, {}, {"old_code": "X1.03"}))
    page = client.get(f"/sap-xep/{case.pk}/phuong-an/").content.decode()
    assert "Chi bộ thôn Đông" in page
    assert "không có nơi đến" in page
    assert Operation.objects.filter(case=case).count() == 2
    listed = client.get("/sap-xep/").content.decode()
    assert "Sắp xếp chi bộ" in listed
    assert "đang làm" in listed


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"title": "", "on": "31/02/2026", "scope": ""}, ["Chỗ này chưa ghi", "không phải là ngày"]),
        ({"title": "A", "on": "01/10/2026", "scope": "không có"}, ["Không thấy đơn vị"]),
        ({"title": "A", "on": "01/10/2026", "scope": "thôn"}, ["Có nhiều đơn vị khớp", "X1.02"]),
    ],
)  # fmt: skip
def test_a_new_case_is_refused_with_everything_wrong(
    commune: Unit, enter: Enter, sent: dict[str, str], told: list[str]
) -> None:
    page = enter().post("/sap-xep/moi/", sent).content.decode()
    for words in told:
        assert words in page
    assert not Restructuring.objects.exists()


def test_a_line_without_codes_is_refused_and_what_was_typed_stays(commune: Unit, enter: Enter) -> None:
    case = drafted(commune)
    page = enter().post(f"/sap-xep/{case.pk}/phuong-an/", grid(MERGE, {"new_name": "Chi bộ lẻ"})).content.decode()
    assert "ghi mã đơn vị cũ hoặc mã đơn vị mới" in page
    assert 'value="Chi bộ lẻ"' in page
    assert not Operation.objects.exists()


def test_lines_are_changed_dropped_and_found(commune: Unit, enter: Enter) -> None:
    case = drafted(commune, MERGE, {"old_code": "X1.03"})
    client = enter()
    first, second = Operation.objects.order_by("position")
    client.post(f"/sap-xep/{case.pk}/phuong-an/{second.pk}/", {"old_code": "X1.03", "new_code": "X1.02"})
    second.refresh_from_db()
    assert second.new_code == "X1.02"
    assert (
        "ghi mã"
        in client.post(f"/sap-xep/{case.pk}/phuong-an/{second.pk}/", {"new_name": "X"}).content.decode().lower()
    )
    found = client.get(f"/sap-xep/{case.pk}/phuong-an/?q=thon nam").content.decode()
    assert "X1.03" in found
    assert "X1.01" not in found
    client.post(f"/sap-xep/{case.pk}/phuong-an/bo/", {"chon": [first.pk]})
    assert list(Operation.objects.values_list("pk", flat=True)) == [second.pk]


def test_a_line_of_another_case_is_not_there(commune: Unit, enter: Enter) -> None:
    mine, other = drafted(commune, MERGE), drafted(commune, MERGE)
    line = Operation.objects.get(case=other)
    assert enter().get(f"/sap-xep/{mine.pk}/phuong-an/{line.pk}/").status_code == 404


def test_the_next_step_is_taken_with_its_paper_or_refused_with_every_reason(commune: Unit, enter: Enter) -> None:
    case = drafted(commune, MERGE)
    client = enter()
    wrong = client.post(f"/sap-xep/{case.pk}/buoc/", {"step": "tham_dinh", "on": "01/09/2025"}).content.decode()
    assert "trước ngày của bước trước" in wrong
    assert "Chưa qua bước" in wrong
    assert "cần ghi văn bản" in wrong
    client.post(f"/sap-xep/{case.pk}/buoc/", {"step": "de_an", "on": "05/09/2026", "paper": "12-TTr/BTC"})
    page = client.get(f"/sap-xep/{case.pk}/").content.decode()
    assert "12-TTr/BTC" in page
    assert 'aria-current="step"' in page


def test_it_is_withdrawn_with_a_reason_and_then_stays_as_it_is(commune: Unit, enter: Enter) -> None:
    case = drafted(commune, MERGE)
    client = enter()
    assert "Chỗ này chưa ghi" in client.post(f"/sap-xep/{case.pk}/rut/", {"on": "05/09/2026"}).content.decode()
    page = client.post(f"/sap-xep/{case.pk}/rut/", {"on": "05/09/2026", "reason": "Chưa chín"}, follow=True)
    assert "Chưa chín" in page.content.decode()
    assert "Thêm dòng" not in client.get(f"/sap-xep/{case.pk}/phuong-an/").content.decode()
    refused = client.post(f"/sap-xep/{case.pk}/phuong-an/", grid(MERGE)).content.decode()
    assert "không sửa được nữa" in refused


def test_who_may_only_read_finds_no_way_to_write(commune: Unit, enter: Enter) -> None:
    case = drafted(commune, MERGE)
    reader = enter("thanh_tra", commune)
    for address in ("", "phuong-an/"):
        page = reader.get(f"/sap-xep/{case.pk}/{address}").content.decode()
        assert "Ghi bước" not in page
        assert "Thêm dòng" not in page
    for address in ("buoc/", "phuong-an/", "phuong-an/bo/", "rut/"):
        assert reader.post(f"/sap-xep/{case.pk}/{address}", {}).status_code == 403
    elsewhere = enter("chuyen_vien", factories.unit("Đảng bộ xã Khác", code="X2"))
    for address in ("", "phuong-an/", "rut/"):
        assert elsewhere.get(f"/sap-xep/{case.pk}/{address}").status_code == 404


def test_lines_of_thousands_come_page_by_page(commune: Unit, enter: Enter, django_assert_max_num_queries) -> None:
    case = drafted(commune, *({"old_code": f"A{n:04d}", "new_code": "X1.02"} for n in range(3000)))
    client = enter()
    with django_assert_max_num_queries(25):
        page = client.get(f"/sap-xep/{case.pk}/phuong-an/?trang=60").content.decode()
    assert "A2999" in page
    assert page.count('name="chon"') == 50


def test_suggestions_are_units_the_reader_may_see(commune: Unit, enter: Enter) -> None:
    rows = enter("chuyen_vien", commune).get("/sap-xep/tim-don-vi/?q=thon").json()["rows"]
    assert {row["value"] for row in rows} == {"X1.01", "X1.02", "X1.03"}
    foreign = enter("chuyen_vien", factories.unit("Đảng bộ xã Khác", code="X2"))
    assert foreign.get("/sap-xep/tim-don-vi/?q=thon").json()["rows"] == []


def brought(client: Client, content: bytes) -> str:
    """What the page says after a file was dropped."""
    file = SimpleUploadedFile("ke-hoach.csv", content)
    sent = {"title": "Từ tệp", "on": "01/10/2026", "scope": "X1", "file": file}
    return client.post("/sap-xep/moi/", sent, follow=True).content.decode()


def test_a_case_is_begun_from_a_file(commune: Unit, enter: Enter) -> None:
    content = b"level,old_code,new_code,new_name,new_kind,new_parent\ncell,X1.01,X1.02,,,\ncell,X1.03,,,,\n"
    page = brought(enter(), content)
    case = Restructuring.objects.get()
    assert case.source == "ke-hoach.csv"
    assert list(case.operations.values_list("old_code", "new_code")) == [("X1.01", "X1.02"), ("X1.03", "")]
    assert "ke-hoach.csv" in page


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"level,old_code\ncell,X1.01\n", ["thiếu cột new_code"]),
        (b"old_code,new_code,new_name\n,,A\nX1.01,X1.02,\n,,B\n", ["Dòng 2", "Dòng 4"]),
        ("old_code,new_code\nĐ,E".encode("utf-16"), ["không phải csv mã UTF-8"]),
    ],
    ids=["thiếu cột", "hai dòng lỗi", "sai bảng mã"],
)
def test_everything_wrong_with_a_file_is_told_at_once(
    commune: Unit, enter: Enter, content: bytes, told: list[str]
) -> None:
    page = brought(enter(), content)
    for words in told:
        assert words in page
    assert 'value="Từ tệp"' in page
    assert not Restructuring.objects.exists()
