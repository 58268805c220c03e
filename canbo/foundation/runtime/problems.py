"""Expected failures of the machine around us: told to the operator in one clear line, without a traceback."""

from __future__ import annotations

import errno

_WORDS = {
    errno.ENOENT: "không có tệp hoặc thư mục",
    errno.EACCES: "không đủ quyền với",
    errno.EPERM: "không đủ quyền với",
    errno.ENOSPC: "hết chỗ trên đĩa khi ghi",
    errno.EDQUOT: "hết hạn mức đĩa khi ghi",
    errno.EROFS: "ổ đĩa chỉ cho đọc:",
    errno.ENOTDIR: "không phải thư mục:",
    errno.EEXIST: "đã có, không phải thư mục:",
    errno.EISDIR: "là thư mục, không phải tệp:",
    errno.ENAMETOOLONG: "tên quá dài:",
    errno.EMFILE: "mở quá nhiều tệp cùng lúc:",
}


class Unavailable(Exception):
    """Something the command needs cannot be had: the database, a port, a folder, room on the disk."""


def describe(error: OSError) -> str:
    """A system error in Vietnamese with the file it concerns; unknown ones in the system's own words."""
    words = _WORDS.get(error.errno or 0, f"{error.strerror or error}:")
    return f"{words} {error.filename}" if error.filename else words.rstrip(":")
