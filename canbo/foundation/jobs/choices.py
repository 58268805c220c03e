"""States of a job, and how often and how long."""

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
STATES = [
    (WAITING, "đang chờ"),
    (RUNNING, "đang chạy"),
    (DONE, "xong"),
    (FAILED, "hỏng"),
    (CANCELLED, "đã dừng"),
]
OPEN = (WAITING, RUNNING)
ENDED = (DONE, FAILED, CANCELLED)

TASK = "canbo.run"
"""Name under which the queue knows every job; the row says what is to be done."""

NIGHTLY = "canbo.nightly"
MOST_ATTEMPTS = 3
"""A job whose worker dies that often is what kills it."""

KEPT_DAYS = 90
"""Ended jobs are removed after so many days."""
