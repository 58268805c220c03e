"""Pages of what evaluation puts out: what they show, what they count, what they give, to whom."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from openpyxl import load_workbook

from canbo.facts.access.models import AccountPerson
from canbo.foundation.audit.models import AuditEntry
from canbo.foundation.jobs.choices import WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.foundation.kernel.clock import now
from canbo.processes.evaluation.models import Sheet

from ... import factories
from . import world

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def house(shipped_rules):
    """A department with two divisions, twelve graded people, one waiting, one not graded."""
    root = factories.unit("Sở Nội vụ", code="SNV", kind="Sở")
    one, two = (factories.unit(f"Phòng {n}", root, code=f"P{n}", kind="Phòng") for n in ("Một", "Hai"))
    cycle = world.cycle(root)
    people = [factories.person(f"Lò Văn {chr(65 + n)}", one if n < 8 else two) for n in range(14)]
    for n, who in enumerate(people[:12]):
        unit, grade, total = (one if n < 8 else two), ("HTXS" if n < 2 else "HTT"), ("92" if n < 2 else "80")
        world.graded(
            cycle, who, unit, grade, total, body=root, self_grade=grade, self_scores={"I.1": 5}, scores={"I.1": 5},
            common=25, proposed_grade=grade,
        )  # fmt: skip
    world.sheet(cycle, people[12], two, body=root)
    world.absent(cycle, people[13], two)
    return {"root": root, "one": one, "two": two, "cycle": cycle, "people": people}


def signed_in(role: str | None, where: Any = None, **more: Any) -> Client:
    client = Client()
    user = factories.account(f"nguoi-{role}-{where.pk if where else 'het'}", role, where, **more)
    client.force_login(user, BACKEND)
    return client


def page(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_an_empty_house_says_what_will_stand_here():
    client = signed_in("lanh_dao")
    assert "Chưa có kỳ đánh giá nào" in page(client, "evaluation_outputs")
    assert "Chưa có kỳ đánh giá nào" in page(client, "evaluation_statistics")
    assert "Không còn kết quả nào phải lập tệp" in page(client, "evaluation_sendings")


def test_summary_shows_rows_counts_absent_and_rewards(house):
    text = page(signed_in("lanh_dao", house["root"]), "evaluation_summary", house["cycle"].pk)
    assert "Trong 12 phiếu đã xếp loại, 16,7% hoàn thành xuất sắc nhiệm vụ, không phiếu nào" in text
    assert "Lò Văn N" in text, "who is not graded stands there with the reason"
    assert "Làm việc dưới 6 tháng trong năm" in text
    assert "2 người hoàn thành xuất sắc nhiệm vụ" in text
    assert "12.5% ×" not in text
    assert "In 13 phiếu" in text


def test_a_unit_narrows_the_summary_and_a_foreign_one_does_not_exist(house):
    client = signed_in("lanh_dao", house["two"])
    text = page(client, "evaluation_summary", house["cycle"].pk)
    assert "Lò Văn A" not in text, "the other division is out of scope"
    assert "Lò Văn I" in text
    answer = client.get(reverse("evaluation_summary", args=[house["cycle"].pk]) + "?don_vi=P" + "Một")
    assert answer.status_code == 404
    stranger = signed_in("lanh_dao", factories.unit("Nơi khác"))
    assert stranger.get(reverse("evaluation_summary", args=[house["cycle"].pk])).status_code == 404
    assert signed_in("nguoi_xem").get(reverse("evaluation_summary", args=[house["cycle"].pk])).status_code in (403, 404)


def test_pages_ask_a_bounded_number_of_queries(house, django_assert_max_num_queries):
    client = signed_in("lanh_dao", house["root"])
    for name, args, most in (
        ("evaluation_outputs", [], 30),
        ("evaluation_summary", [house["cycle"].pk], 45),
        ("evaluation_statistics", [], 45),
        ("evaluation_behind", [], 25),
        ("evaluation_sendings", [], 25),
    ):
        with django_assert_max_num_queries(most):
            page(client, name, *args)


def test_more_people_do_not_mean_more_queries(house):
    client = signed_in("lanh_dao", house["root"])
    page(client, "evaluation_statistics")  # what is asked once a session
    counted = []
    for extra in range(2):
        with CaptureQueriesContext(connection) as asked:
            page(client, "evaluation_summary", house["cycle"].pk)
            page(client, "evaluation_statistics")
        counted.append(len(asked))
        for n in range(30 if not extra else 0):
            who = factories.person(f"Vàng Thị {n}", house["one"])
            world.graded(house["cycle"], who, house["one"], "HT", "60", body=house["root"])
    assert counted[0] == counted[1]


@pytest.mark.parametrize("kind", ["tong-hop", "cong-nhan", "bieu-quyet", "kiem-phieu", "ho-so"])
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_papers_of_a_unit(house, kind, ending):
    client = signed_in("lanh_dao", house["root"])
    answer = client.get(reverse("evaluation_paper", args=[house["cycle"].pk, kind, ending]))
    assert answer.status_code == 200
    if ending == "pdf":
        assert answer.content.startswith(b"%PDF")
        return
    text = Document(io.BytesIO(answer.content)).element.xml
    assert "Lò Văn A" in text
    assert AuditEntry.objects.filter(verb="evaluation.output.take").exists()
    assert client.get(reverse("evaluation_paper", args=[house["cycle"].pk, "khac", ending])).status_code == 404


def test_a_recognition_without_any_grade_says_what_to_do(shipped_rules):
    root = factories.unit("Sở Nội vụ", kind="Sở")
    cycle = world.cycle(root)
    world.sheet(cycle, factories.person("Lò Văn A", root), root)
    answer = signed_in("lanh_dao", root).get(reverse("evaluation_paper", args=[cycle.pk, "cong-nhan", "docx"]))
    assert answer.status_code == 422
    assert "Quyết định xếp loại trước" in answer.content.decode()


def test_party_lists_name_those_not_reviewed(shipped_rules):
    root = factories.unit("Đảng ủy xã Mẫu")
    cycle = world.cycle(root, "2026", "qd366-2025")
    who, other = factories.person("Lò Văn A", root), factories.person("Lò Văn B", root)
    factories.membership(other, root, dt.date(2020, 2, 3))
    world.graded(cycle, who, root, "HTT", group="non_leader", advised_grade="HTT", self_grade="HTXS")
    world.absent(cycle, other, root, "đi công tác nước ngoài")
    client = signed_in("lanh_dao", root)
    made = client.get(reverse("evaluation_paper", args=[cycle.pk, "chua-kiem-diem", "docx"]))
    text = Document(io.BytesIO(made.content)).element.xml
    assert "Lò Văn B" in text
    assert "03/02/2020" in text
    assert "Lò Văn A" not in text
    made = client.get(reverse("evaluation_paper", args=[cycle.pk, "de-xuat", "docx"]))
    assert "Khác nhau" in Document(io.BytesIO(made.content)).element.xml


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(answer.content))
    return [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]


def test_workbooks_of_summary_and_income(house):
    client = signed_in("lanh_dao", house["root"])
    rows = rows_of(client.get(reverse("evaluation_summary", args=[house["cycle"].pk]) + "?xuat=xlsx"))
    assert len(rows) == 1 + 13 + 1
    assert rows[0][0] == "Họ và tên, tên tập thể"
    assert rows[-1][-2:] == ("Không xếp loại", "Làm việc dưới 6 tháng trong năm")
    rows = rows_of(client.get(reverse("evaluation_income", args=[house["cycle"].pk])))
    assert len(rows) == 1 + 12, "only those with a result"
    paid = {row[1]: (row[5], row[6], row[7]) for row in rows[1:]}
    assert paid["Lò Văn A"] == ("Hoàn thành xuất sắc nhiệm vụ", 1, 1)
    assert paid["Lò Văn C"] == ("Hoàn thành tốt nhiệm vụ", 0.8, 1)
    assert AuditEntry.objects.filter(verb="evaluation.output.take").count() == 2


def test_own_form_is_for_the_person_and_for_who_reads_her_unit(house):
    sheet = Sheet.objects.get(person=house["people"][0])
    place = reverse("evaluation_form", args=[sheet.pk, "docx"])
    assert signed_in("lanh_dao", house["one"]).get(place).status_code == 200
    assert signed_in("lanh_dao", house["two"]).get(place).status_code == 404
    assert signed_in(None).get(place).status_code == 404
    mine = Client()
    user = factories.account("chinh-chu")
    AccountPerson.objects.create(user=user, person_id=house["people"][0].pk)
    mine.force_login(user, BACKEND)
    assert mine.get(place).status_code == 200, "her own, without any role"
    other = Sheet.objects.get(person=house["people"][1])
    assert mine.get(reverse("evaluation_form", args=[other.pk, "docx"])).status_code == 404


def work() -> None:
    for job in Job.objects.filter(state=WAITING).order_by("pk"):
        run(job.pk)
        assert not Job.objects.get(pk=job.pk).error


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("form", "ending"), [("docx", "docx"), ("zip-docx", "zip"), ("zip-pdf", "zip")])
def test_a_whole_unit_is_printed_in_the_background(house, settings, tmp_path: Path, form: str, ending: str):
    settings.MEDIA_ROOT = tmp_path
    client = signed_in("lanh_dao", house["root"])
    sent = client.post(reverse("evaluation_print", args=[house["cycle"].pk]), {"dang": form, "don_vi": "KHONG"})
    assert sent.status_code == 404, "no such unit"
    sent = client.post(reverse("evaluation_print", args=[house["cycle"].pk]), {"dang": form, "don_vi": "SNV"})
    assert sent.status_code == 302
    work()
    job = Job.objects.get(kind="evaluation.print")
    answer = client.get(reverse("evaluation_printed", args=[job.pk]))
    content = b"".join(answer.streaming_content)
    if ending == "docx":
        document = Document(io.BytesIO(content))
        named = [p.text for p in document.paragraphs if p.text.startswith("Họ và tên")]
        assert len(named) == 13
    else:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
        assert len(names) == 13
        assert names[0].startswith("0001-lo-van-")
    assert signed_in("lanh_dao", house["one"]).get(reverse("evaluation_printed", args=[job.pk])).status_code == 404
    assert client.post(reverse("evaluation_print", args=[house["cycle"].pk]), {"dang": "rtf"}).status_code == 404


def test_statistics_say_what_they_show_and_open_their_rows(house):
    client = signed_in("lanh_dao", house["root"])
    text = page(client, "evaluation_statistics")
    assert "Trong 12 phiếu đã xếp loại, 16,7% hoàn thành xuất sắc nhiệm vụ" in text
    assert "Tỷ lệ hoàn thành xuất sắc nhiệm vụ của từng đơn vị; chung là 16,7%" in text
    assert "Không đổi qua các bước" in text
    text = page(client, "evaluation_behind", query=f"?bo={world.CODE}&ky=2026-07&muc=HTXS")
    assert "2 phiếu: Hoàn thành xuất sắc nhiệm vụ" in text
    text = page(client, "evaluation_behind", query=f"?bo={world.CODE}&ky=2026-07&muc=-")
    assert "1 phiếu: chưa xếp loại" in text
    rows = rows_of(client.get(reverse("evaluation_behind") + f"?bo={world.CODE}&ky=2026-07&phan=KHONG&xuat=xlsx"))
    assert len(rows) == 1, "an unknown part has no rows"
    answer = client.get(reverse("evaluation_statistics") + f"?bo={world.CODE}&ky=2026-06")
    assert answer.status_code == 404


def test_files_for_the_national_database(house):
    world.close(house["cycle"])
    client = signed_in("chuyen_vien", house["root"])
    text = page(client, "evaluation_sendings")
    assert "12" in text
    assert "08/08/2026" in text, "five days after 03/08"
    made = client.post(reverse("evaluation_sending_make", args=[house["cycle"].pk]))
    assert made.status_code == 302
    assert "Không còn kết quả nào" in page(client, "evaluation_sendings")
    content = client.get(made.url + "tep/").content.decode("utf-8-sig")
    lines = content.splitlines()
    assert len(lines) == 13
    assert lines[0].startswith("SoDinhDanh,MaHoSo,HoVaTen")
    assert lines[1].endswith(",HTT,2026-08-03,mới")
    again = client.post(reverse("evaluation_sending_make", args=[house["cycle"].pk]), follow=True)
    assert "Không có kết quả nào chưa lập tệp" in again.content.decode()
    wrong = client.post(made.url, {"gui": "1", "on": "01/01/2020", "to": ""})
    assert "Chưa ghi nơi nhận tệp" in wrong.content.decode()
    assert "trước ngày lập tệp" in wrong.content.decode()
    good = client.post(made.url, {"gui": "1", "on": f"{dt.date.today():%d/%m/%Y}", "to": "Bộ Nội vụ"}, follow=True)
    assert "đã gửi" in good.content.decode()
    twice = client.post(made.url, {"bo": "1", "reason": "nhầm"})
    assert "đã ghi là gửi" in twice.content.decode()


def test_json_form(house, monkeypatch):
    from canbo.processes.evaluation.actions import sendings as actions

    monkeypatch.setattr("canbo.processes.evaluation.queries.outputs.sendings.file_form", lambda on: "json")
    world.close(house["cycle"])
    from canbo.foundation.kernel.actor import operator

    sending = actions.make_sending(operator("thử"), cycle=house["cycle"], under=house["root"], at=now())
    found = json.loads(actions.content(sending))
    assert [one["MucXepLoai"] for one in found].count("HTXS") == 2
