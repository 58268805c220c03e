"""``canbo explain``: every condition of a rule for one person on one day, with article and record."""

from __future__ import annotations

import argparse
import sys

from canbo.foundation.kernel.clock import today
from canbo.foundation.kernel.dates import DAY, format_date, parse_date
from canbo.foundation.kernel.violation import OutOfScope
from canbo.foundation.rulebooks import NoRuleInForce
from canbo.foundation.runtime.cli import DONE, FAILED, REFUSED, emit, operator

from ..actions import open_dossier
from ..queries.explaining import RULES, Explanation, UnknownExplanation, explain

SIGNS = {True: "đạt", False: "chưa đạt", None: "-"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Arguments of the command."""
    parser.add_argument("rule", metavar="QUY-TẮC", help=f"một trong: {', '.join(RULES)}")
    parser.add_argument("--person", metavar="MÃ", required=True, help="mã hồ sơ")
    parser.add_argument("--on", metavar="NGÀY", help="ngày, mặc định là hôm nay (31/12/2025 hoặc 2025-12-31)")
    parser.add_argument("--json", action="store_true", help="in một văn bản JSON")


def run(options: argparse.Namespace) -> int:
    """Runs the command; status 2 when rule, person or day cannot be used."""
    now = today()
    try:
        day = parse_date(options.on) if options.on else None
        if day is not None and day.precision != DAY:
            raise ValueError(f"{options.on} thiếu ngày hoặc tháng")
        actor, on = operator(), day.first if day else now
        found = explain(actor, options.rule, options.person, now, on)
        open_dossier(actor, person=found.subject, day=format_date(on), sensitive=False)
    except (UnknownExplanation, NoRuleInForce, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    except OutOfScope:
        sys.stderr.write(f"Không có hồ sơ mã {options.person}.\n")
        return FAILED
    if options.json:
        emit(found.as_dict())
    else:
        _tell(found)
    return DONE


def _tell(found: Explanation) -> None:
    print(f"{found.title}: {found.name} ({found.person}), ngày {format_date(found.on)}")
    for condition in found.conditions:
        print(f"- [{SIGNS[condition.met]}] {condition.text}: {condition.value}")
        if condition.article:
            print(f"    căn cứ: {condition.article}")
        if condition.record:
            print(f"    hồ sơ: {condition.record}")
    print(f"Kết quả: {found.result}.")
