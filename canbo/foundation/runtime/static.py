"""Collects static files only when one of them changed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from .output import tell
from .problems import Unavailable


def collect() -> bool:
    """Brings the collected folder up to date; True when something was done. Django must be set up."""
    from django.conf import settings
    from django.core.management import call_command

    root = Path(settings.STATIC_ROOT)
    stamp, mark = root / ".collected", _fingerprint()
    if stamp.exists() and stamp.read_text(encoding="ascii") == mark:
        return False
    if root.is_dir() and not os.access(root, os.W_OK):
        if (root / "staticfiles.json").exists():
            return False  # a release brings them collected, in a folder it may not write to
        raise Unavailable(f"Không ghi được vào {root}.")
    tell("Đang gom tệp tĩnh …")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    root.mkdir(exist_ok=True)
    stamp.write_text(mark, encoding="ascii")
    return True


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            digest.update(f"{name}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
