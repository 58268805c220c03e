"""The command line in Vietnamese, with ``--data`` accepted before and after the subcommand."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

REFUSED = 2

_WORDS = [
    (r"the following arguments are required: (.*)", r"thiếu: \1"),
    (r"unrecognized arguments: (.*)", r"không có tham số: \1"),
    (r"invalid choice: (.*) \(choose from (.*)\)", r"không có lựa chọn \1 (chọn một trong: \2)"),
    (r"expected one argument", "cần một giá trị"),
    (r"expected at least one argument", "cần ít nhất một giá trị"),
    (r"expected (\d+) arguments?", r"cần \1 giá trị"),
    (r"invalid int value: (.*)", r"không phải số nguyên: \1"),
    (r"invalid (\w+) value: (.*)", r"giá trị không đúng: \2"),
    (r"not allowed with argument (.*)", r"không dùng cùng \1"),
    (r"one of the arguments (.*) is required", r"cần một trong: \1"),
    (r"ambiguous option: (.*) could match (.*)", r"\1 chưa rõ, có thể là \2"),
    (r"ignored explicit argument (.*)", r"không nhận giá trị \1"),
    (r"^argument ", "tham số "),
]


class Formatter(argparse.HelpFormatter):
    """``Cách dùng`` instead of ``usage``."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """An argument parser that speaks Vietnamese; subparsers are of the same class."""

    def __init__(self, **options: Any):
        add_help = options.pop("add_help", True)
        options.setdefault("formatter_class", Formatter)
        super().__init__(add_help=False, **options)
        self._positionals.title, self._optionals.title = "tham số", "tuỳ chọn"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="in hướng dẫn này rồi thôi")

    def error(self, message: str) -> NoReturn:
        """Prints usage and the fault, exit status 2."""
        for english, vietnamese in _WORDS:
            message = re.sub(english, vietnamese, message)
        self.exit(REFUSED, f"{self.format_usage()}Lỗi: {message}\n")


def take_option(arguments: Sequence[str], name: str) -> tuple[str | None, list[str]]:
    """Takes ``--name VALUE`` or ``--name=VALUE`` out of the arguments, wherever it stands.

    Returns:
        The last value given, or None, and the remaining arguments. A name without a value stays where it
        is, for the parser to complain about.
    """
    value: str | None = None
    rest: list[str] = []
    items = list(arguments)
    while items:
        item = items.pop(0)
        if item == "--":
            return value, [*rest, item, *items]
        if item == name and items:
            value = items.pop(0)
        elif item.startswith(f"{name}="):
            value = item.split("=", 1)[1]
        else:
            rest.append(item)
    return value, rest
