"""Fixtures of every test; strictness first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from canbo.foundation.kernel.actor import EVERYWHERE, Actor, Reach, operator

from . import strictness

MakeActor = Callable[..., Actor]

# On the build machine the same examples are tried every time; at a desk each run tries others.
hypothesis_settings.register_profile("ci", derandomize=True)
if os.environ.get("CI") == "true":
    hypothesis_settings.load_profile("ci")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With ``CI=true`` a skipped test counts as a failed run: nothing is left out without anybody noticing."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None or hasattr(session.config, "workerinput"):
        return
    if skipped := reporter.stats.get("skipped"):
        reporter.write_line(f"CI=true: {len(skipped)} skipped, which counts as failed", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session", autouse=True)
def _strict() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        strictness.refuse_undefined_variables()
        strictness.refuse_network(patch)
        strictness.flush_past_the_guards(patch)
        yield


@pytest.fixture(autouse=True)
def _fresh_cache() -> None:
    """Rate limits of sign-in live in the cache; no test inherits those of another."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture
def the_operator() -> Actor:
    """The person at the command line: may do everything."""
    return operator("kiem-thu")


@pytest.fixture
def make_actor() -> MakeActor:
    """Builds an actor without any row: ``make_actor("chuyen_vien", unit)`` or ``make_actor(permissions=[…])``.

    Without a unit the actor reaches everywhere; ``make_actor()`` may do nothing at all.
    """
    from canbo.facts.access.roles import BY_CODE

    def build(
        role: str | None = None, *units: Any, permissions: tuple[str, ...] | list[str] = (), **fields: Any
    ) -> Actor:
        reach = Reach(units=frozenset(unit.pk for unit in units)) if units else EVERYWHERE
        codes = set(permissions) | (set(BY_CODE[role].permissions) if role else set())
        return Actor(
            **{"name": f"Kiểm thử ({role or 'không vai trò'})", "reaches": dict.fromkeys(codes, reach), **fields}
        )

    return build
