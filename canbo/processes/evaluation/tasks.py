"""What evaluation does in the background and in the night."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from canbo.facts.access.queries import giver_of
from canbo.facts.decisions.models import Decision
from canbo.facts.organisation.models import Unit
from canbo.foundation.jobs.registry import job, nightly
from canbo.foundation.jobs.running import Run
from canbo.foundation.kernel.actor import operator
from canbo.foundation.kernel.clock import now, today

from .actions import add_late_joiners, close_cycle, local_rules, open_cycle, remind
from .models import Cycle
from .queries.local_rules import local_rule
from .queries.local_trials import cycle_to_try


@nightly("nhắc việc đánh giá")
def reminders() -> None:
    """Who has a step due within three days, or over, finds it on the desk in the morning."""
    remind(operator("việc hằng đêm"), on=today())


@job("evaluation.try_local_rule")
def try_local_rule(run: Run, row: int, cycle: int) -> dict[str, str]:
    """Tries a local rule on the sheets of an earlier period."""
    actor = giver_of(run.job, today(), now())
    draft = local_rule(actor, row, write=True)
    period = cycle_to_try(draft, cycle)
    local_rules.try_local_rule(actor, row=draft, cycle=period, at=now(), tell=run.progress)
    return {"url": reverse("local_rule", args=[row])}


@nightly("tệp quy định riêng")
def local_files() -> int:
    """Brings the files of local rules on this machine up to what the database says."""
    return local_rules.publish_all()


@job("evaluation.open_cycle", rerun=False)
def open_in_background(run: Run, unit: int, **asked: Any) -> dict[str, str]:
    """Opens a cycle of a large scope."""
    run.progress("Đang lập phiếu cho từng người", 0.05)
    where = Unit.objects.get(pk=unit)
    cycle = open_cycle(giver_of(run.job, today(), now()), unit=where, at=now(), **asked)
    return {"url": reverse("evaluation_cycle", args=[cycle.pk])}


@job("evaluation.refresh_cycle")
def refresh_in_background(run: Run, cycle: int) -> dict[str, str]:
    """Looks again who is to be evaluated in a large scope."""
    run.progress("Đang tìm người chưa có phiếu", 0.05)
    add_late_joiners(
        giver_of(run.job, today(), now()), cycle=Cycle.objects.select_related("unit").get(pk=cycle), at=now()
    )
    return {"url": reverse("evaluation_cycle", args=[cycle])}


@job("evaluation.close_cycle", rerun=False)
def close_in_background(run: Run, cycle: int, decision: int | None, keep_as_decided: str) -> dict[str, str]:
    """Closes a cycle of a large scope: everything is checked again, then results and facts are written together."""
    run.progress("Đang kiểm tra và ghi kết quả", 0.05)
    close_cycle(
        giver_of(run.job, today(), now()),
        cycle=Cycle.objects.select_related("unit").get(pk=cycle),
        at=now(),
        decision=Decision.objects.get(pk=decision) if decision else None,
        keep_as_decided=keep_as_decided,
    )
    return {"url": reverse("evaluation_summary", args=[cycle])}
