"""Permissions of the exchange package, and the states of an uploaded file."""

LOAD = "exchange.load"
EXPORT = "exchange.export"

EXAMPLE = "VÍ DỤ"
"""A row whose first key cell begins so is there to be looked at; it is never loaded."""

CHECKING, CHECKED, LOADING, LOADED, SAME, REFUSED, BROKEN, DROPPED = (
    "checking", "checked", "loading", "loaded", "same", "refused", "broken", "dropped",
)  # fmt: skip
STATES = [
    (CHECKING, "đang kiểm tra"),
    (CHECKED, "đã kiểm tra"),
    (LOADING, "đang nạp"),
    (LOADED, "đã nạp"),
    (SAME, "không có gì thay đổi"),
    (REFUSED, "không đọc được"),
    (BROKEN, "bị ngắt"),
    (DROPPED, "đã bỏ"),
]
