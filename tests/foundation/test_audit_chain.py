"""The log is whole, or ``breaks`` says where it is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, connection, transaction

from canbo.foundation.audit.actions import action, record
from canbo.foundation.audit.models import AuditEntry, AuditHead
from canbo.foundation.audit.queries import breaks, entries
from canbo.foundation.audit.rules import seal
from canbo.foundation.kernel.actor import Actor, Reach
from canbo.foundation.kernel.violation import NotPermitted

LAN = Actor(name="Lan", user_id=1)


@pytest.fixture
def chain(db) -> None:
    for n in range(6):
        record(LAN, "thu.dong.ghi", data={"n": n, "ghi chú": "Đã ghi"})


@contextmanager
def as_intruder() -> Iterator[None]:
    """Whoever owns the server can switch the guards off; the chain must tell all the same."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        try:
            yield
        finally:
            cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def found() -> list[tuple[int, str]]:
    return [(fault.seq, fault.message) for fault in breaks()]


def test_an_untouched_chain_is_whole(chain):
    assert found() == []


@pytest.mark.parametrize(
    "column",
    [
        "actor = 'Hoa'",
        "verb = 'x'",
        "data = '{}'",
        "at = at + interval '1 us'",
        "user_id = 2",
        "object_id = 9",
        "reason = 'x'",
    ],
)
def test_an_altered_line_is_found(chain, column):
    with as_intruder():
        sql(f"UPDATE audit_auditentry SET {column} WHERE seq = 3")
    assert (3, "dòng 3 đã bị sửa") in found()


def test_a_line_altered_and_sealed_again_is_found_at_the_next(chain):
    line = AuditEntry.objects.filter(seq=3).values().get()
    line["actor"] = "Hoa"
    with as_intruder():
        AuditEntry.objects.filter(seq=3).update(actor="Hoa", hash=seal(line["prev_hash"], line))
    assert found() == [(4, "dòng 4 không nối với dòng trước")]


def test_a_missing_line_is_found(chain):
    with as_intruder():
        sql("DELETE FROM audit_auditentry WHERE seq IN (3, 4)")
    assert found()[0] == (3, "thiếu dòng 3 đến 4")


def test_a_missing_line_is_found_even_when_the_numbers_are_closed_up(chain):
    with as_intruder():
        sql("DELETE FROM audit_auditentry WHERE seq = 3")
        for seq in (4, 5, 6):
            sql(f"UPDATE audit_auditentry SET seq = {seq - 1} WHERE seq = {seq}")
        sql("UPDATE audit_audithead SET seq = 5")
    assert found()


def test_reordered_lines_are_found(chain):
    with as_intruder():
        sql("UPDATE audit_auditentry SET seq = 99 WHERE seq = 3")
        sql("UPDATE audit_auditentry SET seq = 3 WHERE seq = 4")
        sql("UPDATE audit_auditentry SET seq = 4 WHERE seq = 99")
    assert {seq for seq, _ in found()} >= {3, 4}


def test_a_cut_tail_is_found(chain):
    with as_intruder():
        sql("DELETE FROM audit_auditentry WHERE seq > 4")
    assert found() == [(5, "chuỗi dừng ở dòng 4, đầu chuỗi ghi 6")]


def test_a_forged_head_is_found(chain):
    AuditHead.objects.update(hash="f" * 64)
    assert found() == [(6, "đầu chuỗi không khớp dòng cuối")]


def test_a_removed_head_is_found(chain):
    AuditHead.objects.all().delete()
    assert found() == [(0, "chuỗi không có đầu chuỗi")]


def test_an_emptied_log_is_found(chain):
    with as_intruder():
        sql("DELETE FROM audit_auditentry")
    assert found() == [(1, "chuỗi dừng ở dòng 0, đầu chuỗi ghi 6")]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditentry SET actor = 'x'", "DELETE FROM audit_auditentry", "TRUNCATE audit_auditentry"],
)
def test_the_database_refuses_to_touch_a_line(chain, statement):
    with pytest.raises(IntegrityError, match="canbo"), transaction.atomic():
        sql(statement)


def test_a_failed_act_leaves_no_line_and_an_act_without_a_name_is_refused(db):
    @action("thu.loi", permission=None)
    def fail(actor: Actor) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail(LAN)
    with pytest.raises(ValueError, match="without an actor"):
        record(Actor(name=""), "thu.dong.ghi")
    assert not AuditEntry.objects.exists()
    assert not AuditHead.objects.exists()


def test_an_act_without_permission_never_begins(db):
    begun = []

    @action("thu.quyen", permission="access.manage")
    def act(actor: Actor) -> None:
        begun.append(actor)

    with pytest.raises(NotPermitted):
        act(LAN)
    assert not begun


def test_only_who_may_read_the_whole_log_reads_it(chain):
    with pytest.raises(NotPermitted):
        entries(LAN)
    with pytest.raises(NotPermitted):
        entries(Actor(name="Lan", reaches={"audit.read": Reach(units=frozenset({1}))}))
    assert entries(Actor(name="Lan", reaches={"audit.read": Reach(everywhere=True)})).count() == 6


@pytest.mark.django_db(transaction=True)
def test_lines_added_at_once_do_not_fork():
    barrier, failures = threading.Barrier(2), []

    def add(name: str) -> None:
        try:
            barrier.wait(10)
            for n in range(20):
                record(Actor(name=name), "thu.dong.ghi", data={"n": n})
        except Exception as error:  # a failure in a thread must reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=add, args=(name,)) for name in ("Lan", "Hoa")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert not failures
    assert found() == []
    assert list(AuditEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(range(1, 41))
    assert set(AuditEntry.objects.values_list("actor", flat=True)) == {"Lan", "Hoa"}


def test_verifying_takes_microseconds_a_line(db, record_property):
    prev, lines = "0" * 64, []
    sample = record(LAN, "thu.dong.ghi", data={"n": 1}, chain="mau")
    for seq in range(1, 20_001):
        line = {"chain": "dai", "seq": seq, "at": sample.at, "actor": "Lan", "user_id": 1, "on_behalf_of": ""}
        line |= {"verb": "thu.dong.ghi", "object_type": "", "object_id": None, "reason": "", "data": {"n": seq}}
        digest = seal(prev, line)
        lines.append(AuditEntry(**line, prev_hash=prev, hash=digest))
        prev = digest
    AuditEntry.objects.bulk_create(lines, batch_size=5000)
    AuditHead.objects.create(chain="dai", seq=20_000, hash=prev)
    start = time.perf_counter()
    assert found() == []
    each = (time.perf_counter() - start) / 20_001 * 1e6
    record_property("microseconds_per_line", round(each, 1))
    print(f"\n{each:.1f} µs a line")
    assert each < 300
