"""Settings of the tests: a database server of their own, fast hashing, strict templates."""

from __future__ import annotations

import os
from pathlib import Path

_DATA = Path(os.environ.setdefault("CANBO_DATA", str(Path(__file__).resolve().parent.parent / "var" / "test")))
os.environ.setdefault("CANBO_SECRET_KEY", "only-for-tests-" + "x" * 40)

from canbo.foundation.runtime import postgres  # noqa: E402

if not os.environ.get("DATABASE_URL"):
    os.environ["DATABASE_URL"] = postgres.ensure(_DATA, fast_and_unsafe=True)

from .settings import *  # noqa: E402, F403
from .settings import DATABASES, STORAGES  # noqa: E402

DATABASES["default"]["OPTIONS"].pop("pool", None)  # type: ignore[attr-defined]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # nothing is collected for tests
