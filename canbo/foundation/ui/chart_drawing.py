"""From a Vega-Lite definition to SVG or PNG, cleaned so that the strict content policy holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import vl_convert
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from lxml import etree

HERE = (
    "https://canbo.invalid"  # stands before local addresses while drawing, which completes bare ones with its own host
)
SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " đ"]}
KEPT = {"svg", "g", "path", "rect", "line", "text", "tspan", "a", "title", "circle", "defs", "clipPath"}
STYLE_ATTRIBUTES = {"fill", "stroke", "opacity", "font-size", "font-weight", "font-family", "text-anchor", "cursor"}


@cache
def _fonts() -> None:
    folder = Path(settings.BASE_DIR) / "static-vendor" / "print-fonts"
    if folder.is_dir():
        vl_convert.register_font_directory(str(folder))


def draw_png(spec: dict[str, Any]) -> bytes:
    """A picture for papers."""
    _fonts()
    return bytes(vl_convert.vegalite_to_png(spec, ppi=200, format_locale=NUMBERS))


def draw_svg(spec: dict[str, Any], title: str) -> SafeString:
    """Markup for a page: only drawing elements, local links, no style, no English descriptions."""
    _fonts()
    root = etree.fromstring(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS).encode())
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in KEPT:
            parent = element.getparent()
            if parent is not None:
                parent.remove(element)
            continue
        _clean(element)
    for link in root.iter(f"{SVG}a"):
        _link(link)
    root.set("role", "group" if root.find(f".//{SVG}a") is not None else "img")
    root.set("aria-label", title)
    etree.cleanup_namespaces(root)
    return mark_safe(etree.tostring(root, encoding="unicode"))  # noqa: S308 - only elements of KEPT are left


def _clean(element: etree._Element) -> None:
    for part in (element.attrib.pop("style", None) or "").split(";"):
        name, _, value = part.partition(":")
        if name.strip() in STYLE_ATTRIBUTES:
            element.set(name.strip(), value.strip())
    for name in [n for n in element.attrib if n.startswith("on")]:
        del element.attrib[name]
    if etree.QName(element).localname != "path" or element.getparent() is None or element.getparent().tag != f"{SVG}a":
        for name in ("role", "aria-label", "aria-roledescription"):
            element.attrib.pop(name, None)
    element.attrib.pop("aria-roledescription", None)
    element.attrib.pop("class", None)


def _link(link: etree._Element) -> None:
    address = link.attrib.pop(XLINK, "")
    if address.startswith(f"{HERE}/") or address.startswith(f"{HERE}?") or address.startswith(f"{HERE}#"):
        local = address.removeprefix(HERE)
        if local.startswith(("//", "/\\")):
            return  # would leave the house
        link.set("href", local.removeprefix("/") if local.startswith(("/?", "/#")) else local)
    for mark in link:
        if words := mark.attrib.pop("aria-label", ""):
            link.set("aria-label", f"{words}. Mở các dòng")
            title = etree.SubElement(mark, f"{SVG}title")
            title.text = words
        mark.attrib.pop("role", None)
