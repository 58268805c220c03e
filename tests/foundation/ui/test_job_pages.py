"""The pages of background work."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from canbo.foundation.accounts.models import User
from canbo.foundation.jobs.choices import CANCELLED, DONE, RUNNING
from canbo.foundation.jobs.models import Job
from canbo.foundation.kernel.clock import now


@pytest.fixture
def job(clerk: Client) -> Job:
    """A job of the signed-in clerk, half done."""
    owner = User.objects.get(username="truong")
    return Job.objects.create(
        kind="test",
        title="Nạp tệp <b>tháng 6</b>.xlsx",
        owner_id=owner.pk,
        owner_name=str(owner),
        submitted_at=now(),
        started_at=now(),
        state=RUNNING,
        share=0.5,
        words="trang Hồ sơ",
    )


def test_the_list_shows_my_jobs_and_nobody_elses(clerk: Client, job: Job):
    Job.objects.create(kind="test", title="Của người khác", owner_id=0, owner_name="x", submitted_at=now())
    page = clerk.get(reverse("jobs_list")).content.decode()
    assert "Nạp tệp &lt;b&gt;tháng 6&lt;/b&gt;.xlsx" in page
    assert "Của người khác" not in page


def test_a_running_job_says_how_far_it_is_and_can_be_stopped(clerk: Client, job: Job):
    page = clerk.get(reverse("job", args=[job.pk])).content.decode()
    assert "trang Hồ sơ · 50%" in page
    assert 'data-progress="' in page
    clerk.post(reverse("job_cancel", args=[job.pk]))
    page = clerk.get(reverse("job", args=[job.pk])).content.decode()
    assert "Đang dừng …" in page
    assert Job.objects.get().cancel_asked_at is not None


def test_the_poll_leads_back_to_the_page_once_the_job_ended(clerk: Client, job: Job):
    address = reverse("job", args=[job.pk])
    poll = {"phan": "tien-do"}
    running = clerk.get(address, poll, headers={"HX-Request": "true"}).content.decode()
    assert "data-progress=" in running
    assert "data-done" not in running
    Job.objects.update(state=DONE, finished_at=now(), result={"url": "/x/"})
    ended = clerk.get(address, poll, headers={"HX-Request": "true"}).content.decode()
    assert f'data-done="{address}"' in ended
    assert "data-progress=" not in ended
    assert 'href="/x/"' in clerk.get(address).content.decode()


def test_an_ended_job_says_why(clerk: Client, job: Job):
    Job.objects.update(state=CANCELLED, finished_at=now(), error="Đã dừng theo yêu cầu. Chưa ghi gì.")
    assert "Đã dừng theo yêu cầu. Chưa ghi gì." in clerk.get(reverse("job", args=[job.pk])).content.decode()


def test_an_empty_list_says_what_it_is_for(clerk: Client):
    assert "Chưa có việc nào" in clerk.get(reverse("jobs_list")).content.decode()
