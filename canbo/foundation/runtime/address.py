"""The web address: whether a port is free, which one is, and when something answers there."""

from __future__ import annotations

import socket
import time

from .output import typed
from .problems import Unavailable


def _free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def require_free(host: str, port: int) -> None:
    """Raises Unavailable when the port is taken or may not be used; suggests one that is free."""
    try:
        socket.getaddrinfo(host, port)
    except OSError:
        raise Unavailable(f"Máy này không có địa chỉ {host}. Dùng --host 127.0.0.1 hoặc --host 0.0.0.0.") from None
    if _free(host, port):
        return
    other = next((p for p in range(max(port, 1024) + 1, max(port, 1024) + 100) if _free(host, p)), None)
    if other is None:
        raise Unavailable(f"Máy này không mở được cổng nào ở {host}. Dùng --host 127.0.0.1 hoặc --host 0.0.0.0.")
    reason = "cần quyền quản trị máy" if port < 1024 else "đang có chương trình khác dùng"
    raise Unavailable(
        f"Cổng {port} {reason}. Cổng {other} còn trống, hãy chạy: {typed()} up --port {other} (hoặc: make run PORT={other})"
    )


def url(host: str, port: int) -> str:
    """The address to type into a browser."""
    shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def answers(host: str, port: int, patience: float) -> bool:
    """Waits until something accepts connections, at most ``patience`` seconds."""
    target = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            socket.create_connection((target, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False
