"""One dictionary: every model's Vietnamese name stands in it, each term once, in alphabetical order."""

from __future__ import annotations

import re

from django.apps import apps

from canbo.foundation.kernel.text import text_key

from .source import ROOT

ROW = re.compile(r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|$")


def rows() -> list[tuple[str, str]]:
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    found = [(m[1].strip(), m[2].strip()) for line in text.splitlines() if (m := ROW.match(line))]
    return [row for row in found if row[0] != "Vietnamese"]


def test_every_model_is_called_what_the_glossary_calls_it():
    words = dict(rows())
    faults = [
        f"{model.__name__} is called “{model._meta.verbose_name}”"
        for model in apps.get_models()
        if model.__module__.startswith("canbo.") and words.get(str(model._meta.verbose_name)) != model.__name__
    ]
    assert not faults, "\n".join(faults)


def test_each_term_stands_once_and_in_order():
    terms = [term for term, _ in rows()]
    assert len(terms) > 80
    assert len(set(terms)) == len(terms)
    assert terms == sorted(terms, key=text_key)
