"""Writes of the exchange: loading a book, taking a load back, files that people bring."""

from .books import check_book, load_book
from .export import export_book
from .undo import undo_batch
from .uploads import (
    bring,
    check_upload,
    drop_upload,
    forget_old_exports,
    forget_old_files,
    load_upload,
    settle_upload,
    start_check,
    start_load,
)

__all__ = [
    "bring",
    "check_book",
    "check_upload",
    "drop_upload",
    "export_book",
    "forget_old_exports",
    "forget_old_files",
    "load_book",
    "load_upload",
    "settle_upload",
    "start_check",
    "start_load",
    "undo_batch",
]
