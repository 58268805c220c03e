"""A step done in a process of its own, so that what it imported does not stay in memory afterwards."""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

from .supervisor import follow_parent


def in_child(step: Callable[[], tuple[int, dict[str, Any]]]) -> tuple[int, dict[str, Any]]:
    """Runs a step in a forked child and waits for it; a signal that ends the caller ends the child first.

    Args:
        step: gives an exit status and a document that JSON can carry. Call before any thread is started.

    Returns:
        What the step gave; status 1 and an empty document when the child died before it could answer.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _answer(step, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            told = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGTERM)
        raise
    finally:
        _, ended = os.waitpid(child, 0)
    status, document = json.loads(told) if told else (os.waitstatus_to_exitcode(ended) or 1, {})
    return (status if status >= 0 else 128 - status), document


def _answer(step: Callable[[], tuple[int, dict[str, Any]]], writing: int) -> None:
    """Never returns: the child must not go on with the caller's work."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal's Ctrl-C reaches the caller, who passes it on
        follow_parent()
        answer = step()
        os.write(writing, json.dumps(answer).encode())
        status = 0
    except SystemExit:
        pass  # asked to end by the caller, who says so
    except BaseException:  # nothing above this frame is the child's to unwind
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
