"""``canbo units`` and ``canbo lineage`` print what the contract says."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from canbo.facts.organisation import actions
from canbo.facts.organisation.commands import lineage, units
from canbo.facts.organisation.models import Unit
from canbo.foundation.kernel.actor import Actor
from canbo.foundation.kernel.violation import OutOfScope

D = dt.date


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def call(module: Any, *arguments: str) -> Any:
        parser = argparse.ArgumentParser()
        module.configure(parser)
        assert module.run(parser.parse_args(arguments)) == 0
        return capsys.readouterr().out

    return call


@pytest.fixture
def district(unit: Callable[..., Unit], clerk: Actor) -> None:
    top = unit("T", kind="tỉnh")
    old = unit("H", kind="huyện", parent=top)
    new = unit("X", kind="xã", local_type="phường", parent=top, on=D(2025, 7, 1))
    actions.close_unit(clerk, unit=old, on=D(2025, 7, 1))
    actions.record_lineage(clerk, old=old, new=new, on=D(2025, 7, 1), operation="sap_nhap")


@pytest.mark.usefixtures("district")
def test_units_as_json(command: Callable[..., Any]) -> None:
    assert json.loads(command(units, "--on", "30/06/2025", "--count", "--json")) == {
        "total": 2,
        "by_kind": {"huyện": 1, "tỉnh": 1},
    }
    assert json.loads(command(units, "--on", "2025-07-01", "--under", "X", "--json")) == [
        {
            "code": "X",
            "name": "Đơn vị X",
            "kind": "xã",
            "local_type": "phường",
            "parent": "T",
            "from": "2025-07-01",
            "to": None,
        }
    ]
    assert [row["to"] for row in json.loads(command(units, "--on", "2025-06-30", "--under", "H", "--json"))] == [
        "2025-06-30"
    ]
    assert "Ngày 30/06/2025: 2 đơn vị" in command(units, "--on", "30/06/2025", "--count")


@pytest.mark.usefixtures("district")
def test_lineage_as_json(command: Callable[..., Any]) -> None:
    found = json.loads(command(lineage, "H", "--on", "2025-07-01", "--json"))
    assert [row["code"] for row in found["became"]] == ["X"]
    assert [row["operation"] for row in found["steps_after"]] == ["sáp nhập"]
    back = json.loads(command(lineage, "X", "--on", "2025-07-01", "--json"))
    assert [row["code"] for row in back["made_of"]] == ["H"]
    assert json.loads(command(lineage, "H", "--on", "2025-06-30", "--json"))["steps_after"] == []


def test_a_code_nobody_uses(command: Callable[..., Any]) -> None:
    with pytest.raises(OutOfScope, match="KHÔNG-CÓ"):
        command(units, "--under", "KHÔNG-CÓ")


@pytest.mark.parametrize("name", ["units", "lineage"])
def test_a_command_is_read_before_django_is_set_up(name: str) -> None:
    program = f"import canbo.facts.organisation.commands.{name} as c, argparse; c.configure(argparse.ArgumentParser())"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
