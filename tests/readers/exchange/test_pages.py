"""Bringing a file through the pages, with the jobs run in place of a worker."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from canbo.facts.decisions.models import Batch
from canbo.facts.people.models import Person
from canbo.foundation.jobs import actions as jobs
from canbo.foundation.jobs.choices import WAITING
from canbo.foundation.jobs.models import Job
from canbo.foundation.jobs.running import run
from canbo.foundation.kernel.clock import now
from canbo.readers.exchange.actions import forget_old_exports, forget_old_files, load_book
from canbo.readers.exchange.book import Book
from canbo.readers.exchange.loader.plan import Terms
from canbo.readers.exchange.models import Upload, UploadFault
from canbo.readers.exchange.reading import read_workbook

from ... import factories
from . import books

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def clerk() -> Client:
    """A clerk who loads everywhere."""
    client = Client()
    user = factories.account("chuyenvien", "chuyen_vien", display_name="Lường Thị Xuân")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def bring(client: Client, content: Book, tmp_path: Path, name: str = "thang 6.xlsx", **more: str) -> Upload:
    path = books.save(content, tmp_path / "brought.xlsx")
    answer = client.post(reverse("import"), {"file": SimpleUploadedFile(name, path.read_bytes()), **more})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def work() -> None:
    """Does what waits in the queue."""
    for job in Job.objects.filter(state=WAITING).order_by("pk"):
        run(job.pk)
        assert not Job.objects.get(pk=job.pk).error


def page(client: Client, upload: Upload, **query: str) -> str:
    answer = client.get(reverse("import_result", args=[upload.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def faulty(count: int = 9) -> Book:
    people = {
        "Mã hồ sơ": [f"HS{i:04d}" for i in range(1, count + 2)],
        "Họ và tên khai sinh": ["Lò Thị Mây"] * (count + 1),
        "Giới tính": ["Nữ"] * (count + 1),
        "Ngày sinh": ["19/05/1985", *["31/02/1980"] * count],
        "Dân tộc": ["Thái"] * (count + 1),
    }
    return books.only(**{"Hồ sơ": people})


def test_a_clean_file_is_checked_loaded_and_undone(clerk: Client, tmp_path: Path):
    upload = bring(clerk, books.book(), tmp_path)
    assert "data-progress=" in page(clerk, upload)
    work()
    shown = page(clerk, upload)
    assert "Nạp các dòng sạch" not in shown
    assert reverse("import_load", args=[upload.pk]) in shown
    assert not Person.objects.exists()
    clerk.post(reverse("import_load", args=[upload.pk]))
    work()
    upload.refresh_from_db()
    assert "Xem tệp này đã ghi gì" in page(clerk, upload)
    assert Person.objects.count() == 2
    batch = reverse("batch", args=[upload.batch_id])
    assert "sinh hoạt đảng" in clerk.get(batch).content.decode().lower()
    clerk.post(batch, {"reason": "nạp nhầm"})
    assert Batch.objects.get().undone_at is not None
    assert "nạp nhầm" in clerk.get(batch).content.decode()


def test_faults_are_told_all_at_once_folded_by_kind_and_can_be_taken_home(clerk: Client, tmp_path: Path):
    upload = bring(clerk, faulty(9), tmp_path)
    work()
    assert '<th scope="row">Hồ sơ</th>' in page(clerk, upload)
    assert '<th scope="row">Huy hiệu Đảng</th>' not in page(clerk, upload)  # a sheet without rows
    shown = page(clerk, upload)
    assert shown.count("31/02/1980 không phải là ngày") == 5 or "và 4 dòng khác" in shown
    assert "và 4 dòng khác" in shown
    assert "Nạp các dòng sạch" in shown
    kind = UploadFault.objects.filter(upload=upload).first().kind  # type: ignore[union-attr]
    assert page(clerk, upload, loai=str(kind)).count("data-row>") == 9
    answer = clerk.get(reverse("import_marked", args=[upload.pk]))
    (tmp_path / "marked.xlsx").write_bytes(answer.content)  # type: ignore[attr-defined]
    book, _ = read_workbook(tmp_path / "marked.xlsx")
    assert book["Hồ sơ"].size == 9
    clerk.post(reverse("import_load", args=[upload.pk]), {"dong_sach": "1"})
    work()
    assert Person.objects.count() == 1


def test_the_same_file_again_changes_nothing_and_says_so(clerk: Client, tmp_path: Path, the_operator: Any):
    load_book(the_operator, books.book(), terms=Terms(today=dt.date(2024, 6, 15), historical=False, source="a"))
    upload = bring(clerk, books.book(), tmp_path)
    work()
    assert "Không có gì thay đổi" in page(clerk, upload)


@pytest.mark.parametrize(("name", "content", "words"), [
    ("so lieu.docx", b"PK", "không phải là tệp Excel"),
    ("rong.xlsx", b"", "rỗng"),
])  # fmt: skip
def test_a_wrong_file_is_refused_beside_its_field(clerk: Client, name: str, content: bytes, words: str):
    answer = clerk.post(reverse("import"), {"file": SimpleUploadedFile(name, content)})
    assert words in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_damaged_workbook_is_told_on_its_page(clerk: Client, tmp_path: Path):
    file = SimpleUploadedFile("..\\..\\hong\x00.xlsx", b"not a workbook")
    clerk.post(reverse("import"), {"file": file})
    upload = Upload.objects.get()
    assert "\\" not in upload.name
    assert "/" not in upload.name
    work()
    assert "không phải là tệp Excel .xlsx" in page(clerk, upload)


def test_a_load_that_was_cut_off_writes_nothing_and_can_begin_again(clerk: Client, tmp_path: Path):
    upload = bring(clerk, books.book(), tmp_path)
    work()
    clerk.post(reverse("import_load", args=[upload.pk]))
    job = Job.objects.get(kind="exchange.load")
    clerk.post(reverse("job_cancel", args=[job.pk]))
    assert not Person.objects.exists()
    assert "đã dừng việc" in page(clerk, upload)
    clerk.post(reverse("import_load", args=[upload.pk]))
    work()
    assert Person.objects.count() == 2


def test_a_check_whose_worker_died_too_often_can_be_started_again(clerk: Client, tmp_path: Path):
    upload = bring(clerk, books.book(), tmp_path)
    job = Job.objects.get()
    jobs.begin(job.pk)
    Job.objects.update(attempts=3, queued_as=None, heartbeat_at=now() - dt.timedelta(hours=1))
    jobs.rescue()
    assert "Kiểm tra lại" in page(clerk, upload)
    clerk.post(reverse("import_again", args=[upload.pk]))
    work()
    assert "Kiểm tra lại" in page(clerk, upload)
    upload.refresh_from_db()
    assert upload.state == "checked"


def test_a_dropped_or_old_file_leaves_no_personal_data(clerk: Client, tmp_path: Path, settings: Any):
    upload = bring(clerk, faulty(), tmp_path)
    work()
    assert list((Path(settings.MEDIA_ROOT) / "uploads").iterdir())
    clerk.post(reverse("import_drop", args=[upload.pk]))
    assert list((Path(settings.MEDIA_ROOT) / "uploads").iterdir()) == []
    assert not UploadFault.objects.exists()
    old = bring(clerk, faulty(), tmp_path)
    work()
    Upload.objects.filter(pk=old.pk).update(uploaded_at=now() - dt.timedelta(days=31))
    assert forget_old_files() == 1
    assert list((Path(settings.MEDIA_ROOT) / "uploads").iterdir()) == []
    assert "đã được xóa" in page(clerk, old)


def test_files_are_seen_by_their_owner_alone(clerk: Client, tmp_path: Path):
    upload = bring(clerk, books.book(), tmp_path)
    other = Client()
    user = factories.account("khac", "chuyen_vien")
    other.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    for name in ("import_result", "import_marked"):
        assert other.get(reverse(name, args=[upload.pk])).status_code == 404


def test_a_clerk_of_a_cell_loads_rows_of_her_scope_only(tmp_path: Path, the_operator: Any):
    load_book(the_operator, books.book(), terms=Terms(today=dt.date(2024, 6, 15), historical=False, source="a"))
    from canbo.facts.organisation.models import Unit

    client = Client()
    user = factories.account("chibo", "co_so", Unit.objects.get(code="CB01"))
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    cards = {"Mã hồ sơ": ["HS0001", "HS0002"], "Ngày cấp": ["19/05/2024"] * 2, "Hình thức": ["phát"] * 2,
             "Số quyết định": ["12-QĐ/ĐU"] * 2}  # fmt: skip
    units = {k: [v[2]] for k, v in books.UNITS.items()} | {"Tên đơn vị": ["Chi bộ Đổi Tên"], "Từ ngày": ["01/01/2024"]}
    upload = bring(client, books.only(**{"Thẻ đảng": cards, "Đơn vị": units}), tmp_path)
    work()
    found = set(UploadFault.objects.filter(upload=upload).values_list("sheet", "row", "column"))
    assert {("Thẻ đảng", 3, "Mã hồ sơ"), ("Đơn vị", 2, "Mã đơn vị")} <= found
    assert ("Thẻ đảng", 2, "Mã hồ sơ") not in found
    assert "ngoài phạm vi" in page(client, upload)


def test_new_people_of_a_cell_must_be_placed_in_it(tmp_path: Path, the_operator: Any):
    load_book(the_operator, books.book(), terms=Terms(today=dt.date(2024, 6, 15), historical=False, source="a"))
    from canbo.facts.organisation.models import Unit

    client = Client()
    user = factories.account("chibo", "co_so", Unit.objects.get(code="CB01"))
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    people = {k: [v[0]] * 3 for k, v in books.PEOPLE.items()}
    people |= {"Mã hồ sơ": ["M1", "M2", "M3"], "Số định danh cá nhân": [None] * 3}
    members = {k: [v[0]] * 2 for k, v in books.MEMBERS.items()}
    members |= {"Mã hồ sơ": ["M1", "M2"], "Mã tổ chức đảng sinh hoạt": ["CB01", "CB02"]}
    upload = bring(client, books.only(**{"Hồ sơ": people, "Đảng viên": members}), tmp_path)
    work()
    found = set(UploadFault.objects.filter(upload=upload, message__contains="phạm vi").values_list("value", flat=True))
    assert {"M2", "M3", "CB02"} <= found
    assert "M1" not in found


def test_the_template_is_downloaded(clerk: Client):
    answer = clerk.get(reverse("import_template"))
    assert io.BytesIO(answer.content).read(2) == b"PK"
    assert "mau-nap-du-lieu.xlsx" in answer["Content-Disposition"]


def test_pages_are_closed_to_who_may_not_load(tmp_path: Path):
    client = Client()
    user = factories.account("xem", "nguoi_xem")
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    for name in ("import", "import_template", "batches_list"):
        assert client.get(reverse(name)).status_code == 403


def test_data_is_taken_out_in_the_background_and_fetched(clerk: Client, tmp_path: Path, the_operator: Any):
    load_book(the_operator, books.book(), terms=Terms(today=dt.date(2024, 6, 15), historical=False, source="a"))
    wrong = clerk.post(reverse("export"), {"under": "KHONG-CO", "on": ""})
    assert "Không có đơn vị mã KHONG-CO" in wrong.content.decode()
    clerk.post(reverse("export"), {"under": "CB02", "on": "01/01/2023"})
    work()
    job = Job.objects.get(kind="exchange.export")
    assert job.title == "Xuất dữ liệu Chi bộ Suối Cát, ngày 01/01/2023"
    answer = clerk.get(reverse("export_file", args=[job.pk]))
    (tmp_path / "out.xlsx").write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]
    book, faults = read_workbook(tmp_path / "out.xlsx")
    assert faults == []
    assert book["Hồ sơ"].column("Mã hồ sơ") == ["HS0002"]
    assert "Tải về" in clerk.get(reverse("export")).content.decode()
    assert forget_old_exports(days=-1) == 1
    assert clerk.get(reverse("export_file", args=[job.pk])).status_code == 302


def test_a_large_load_is_taken_back_in_the_background(clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("canbo.readers.exchange.views.batches.SMALL", 1)
    upload = bring(clerk, books.book(), tmp_path)
    work()
    clerk.post(reverse("import_load", args=[upload.pk]))
    work()
    batch = Batch.objects.get()
    clerk.post(reverse("batch", args=[batch.pk]), {"reason": "nạp nhầm"})
    assert Batch.objects.get().undone_at is None
    work()
    assert Batch.objects.get().undone_at is not None
