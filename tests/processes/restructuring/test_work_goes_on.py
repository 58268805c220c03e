"""Open work of a unit that ends goes on in the unit that takes over; what was closed stays where it was done."""

from __future__ import annotations

from canbo.facts.work.models import Share, TaskSeries

from ... import factories as make


def test_open_work_goes_on_and_closed_work_stays(boss, world, carry_out):
    who = make.person("Người Đang Làm", world["UY"])
    make.share(who, world["UY"], "Đang làm")
    make.share(who, world["UY"], "Đã xong", state="accepted", closed=True)
    TaskSeries.objects.create(
        unit=world["UY"], title="Hằng tháng", product=make.product(world["UY"]), persons=[who.pk], rhythm="month",
        due_day=20, assigned_by="Người giao", in_force=make.period(), since=make.START,
    )  # fmt: skip
    carry_out()
    places = dict(Share.objects.order_by("id").values_list("task__title", "unit__code"))
    assert places == {"Đang làm": world["UX"].code, "Đã xong": world["UY"].code}
    assert [row.unit for row in TaskSeries.objects.filter(in_force__upper_inf=True, voided_on=None)] == [world["UX"]]
