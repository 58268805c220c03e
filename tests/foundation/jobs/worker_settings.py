"""Settings of a worker process under test: the test database, the kinds of the tests, quick rescue."""

from config.settings_test import *  # noqa: F403

JOB_MODULES = ["tests.foundation.jobs.kinds"]
JOB_PATIENCE = 2.0
