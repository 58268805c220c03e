"""Templates: links that lead somewhere, nothing inline, nothing unused, nothing left in English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Library, engines
from django.urls import NoReverseMatch, get_resolver, reverse

from .source import ROOT, modules, short

TEMPLATES = sorted((ROOT / "canbo").rglob("templates/**/*.html"))
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.S)
URL = re.compile(r"""{%\s*url\s+["']([\w:.-]+)["']((?:(?!%}).)*)%}""", re.S)
OPTIONAL = re.compile(r"\bas\s+\w+\s*$")
ENGLISH = set(
    re.findall(
        r"\w+",
        "the and of is are this that with from your you please click here submit cancel delete edit save "
        "login logout sign password email address search next previous back home settings error page not "
        "found invalid required yes open close new list name date user account loading ",
    )
)
NAMES = {"xlsx", "pdf", "docx", "json", "canbo", "excel", "email"}
OURS = (
    "ui/",
    "access/",
    "desk/",
    "reports/",
    "exchange/",
    "profiles/",
    "decisions/",
    "people/",
    "organisation/",
    "party/",
)


def name_of(path: Path) -> str:
    return path.as_posix().rsplit("/templates/", 1)[1]


def known_names() -> set[str]:
    return {key for key in get_resolver().reverse_dict if isinstance(key, str)}


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_is_read_by_the_engine(path: Path):
    engines["django"].from_string(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_links_lead_somewhere(path: Path):
    known = known_names()
    for name, rest in URL.findall(path.read_text(encoding="utf-8")):
        # ``{% url … as x %}`` is empty where the page is not installed, and the template asks.
        assert name in known or OPTIONAL.search(rest.strip()), f"{name} leads nowhere"
        if not rest.strip() and name in known:
            try:
                reverse(name)
            except NoReverseMatch as error:
                pytest.fail(str(error))


class Inline(HTMLParser):
    """Collects what a strict content policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = {name for name, _ in attrs}
        if tag == "style" or (tag == "script" and "src" not in names and ("type", "application/json") not in attrs):
            self.found.append(f"<{tag}>")
        self.found += [
            f"{tag} {n}" for n in names if n == "style" or re.match(r"on[a-z]+$", n) or n.startswith("hx-on")
        ]
        self.found += [f"{tag} {n}={v}" for n, v in attrs if (v or "").strip().lower().startswith("javascript:")]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_nothing_is_inline(path: Path):
    parser = Inline()
    parser.feed(TAG.sub("", path.read_text(encoding="utf-8")))
    assert not parser.found


def test_inline_code_would_be_found():
    parser = Inline()
    parser.feed('<p style="x" onclick="y"><a href="javascript:z">a</a><script>1</script><style></style></p>')
    assert len(parser.found) == 5


class Words(HTMLParser):
    """Collects the words a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [v or "" for n, v in attrs if n in {"title", "placeholder", "aria-label", "alt"}]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_words_are_vietnamese(path: Path):
    parser = Words()
    parser.feed(TAG.sub(" ", path.read_text(encoding="utf-8")))
    words = {word.lower() for text in parser.texts for word in re.findall(r"[A-Za-z]{2,}(?![^\W\d_])", text)}
    english = (words & ENGLISH) - NAMES
    assert not english


def test_every_template_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules("canbo", "config"))
    pages = "\n".join(path.read_text(encoding="utf-8") for path in TEMPLATES)
    unused = [
        short(path)
        for path in TEMPLATES
        if name_of(path).startswith(OURS)
        and f'"{name_of(path)}"' not in code
        and not re.search(rf"""["']{re.escape(name_of(path))}["']""", pages)
    ]
    assert not unused


def test_the_engine_knows_our_tags():
    assert isinstance(engines["django"].engine.template_libraries["canbo"], Library)
