"""The rules of the repository alone, whatever the machine has locally."""

from __future__ import annotations

import os

import pytest

from canbo.foundation import rulebooks


@pytest.fixture
def shipped_rules(monkeypatch, tmp_path_factory):
    monkeypatch.delenv("RULEBOOKS", raising=False)
    monkeypatch.setenv("CANBO_LOCAL_RULES", os.fspath(tmp_path_factory.getbasetemp() / "none"))
    monkeypatch.setattr(rulebooks, "_last", None)
    return rulebooks.current()
