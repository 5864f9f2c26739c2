"""Leaves of an author's HTML only what cannot run, clobber the page, imitate controls or call outside."""

from __future__ import annotations

import re
from collections.abc import Callable

import nh3

from lessons.rendering.urls import split_address

TAGS = {
    *(
        "a",
        "abbr",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
    ),
    *("details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "samp", "section", "small"),
    *("span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u"),
    *("ul", "var", "wbr"),
}

CLASSES = {
    *(
        "admonition",
        "cap",
        "fact",
        "fig",
        "fig__sub",
        "fig__title",
        "formula",
        "key",
        "mut",
        "note",
        "note--warn",
    ),
    *(
        "note__name",
        "notes-list",
        "num",
        "nw",
        "only-big",
        "only-dark",
        "only-light",
        "only-small",
        "r",
        "scroll",
        "sec",
        "source",
        "src",
    ),
    *("task", "tbl", "tbl--min", "tight", "variant", "variant__name", "variants", "wide", "wrongs", "back"),
}
"""Classes that lesson text may carry; those of controls (buttons, questions, forms) are not among them."""

RESERVED_IDS = {
    *("main", "menu", "status", "contents", "messages", "theme", "search", "q", "questions", "results"),
    *("result-count", "finish", "sources", "header", "footer", "form", "body", "lesson", "site"),
    *("failure", "finish-title", "keep-progress", "mark"),
}
"""Ids of the page around a lesson; a heading of that name gets a suffix."""

_SAFE_ID = re.compile(r"[^\s<>\"'&]{1,200}\Z")

_ATTRIBUTES = {
    "*": {"id", "class", "title", "lang", "dir"},
    "a": {"href", "rel", "aria-label"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "details": {"open"},
    "div": {"role", "tabindex", "aria-label", "aria-labelledby", "data-group", "data-default"},
    "section": {"aria-label", "aria-labelledby"},
    "aside": {"aria-label"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "sup": {"role"},
}

_ROLES = {"region", "note", "doc-endnotes", "doc-noteref"}

_ADDRESSES = {"href", "src", "cite"}

_OWN_ADDRESS = re.compile(r"/(?![/\\])[^\s\\]*\Z")
"""An address on this site. Browsers read a backslash as a slash and leave out tabs and line ends."""


def sanitize(html: str, content_hosts: tuple[str, ...] = (), plain: Callable[[str], str] = str) -> str:
    """Return safe HTML: scripts, styles, forms, frames and handlers go, unknown tags keep their text.

    ``plain`` makes text of an attribute's value: what stands for HTML in the text would end the attribute.
    """

    def keep(tag: str, attribute: str, value: str) -> str | None:
        words = plain(value)
        if words != value and attribute in _ADDRESSES:
            return None  # its scheme was checked before
        value = words
        if attribute == "class":
            return " ".join(name for name in value.split() if name in CLASSES) or None
        if attribute == "id":
            return value if _SAFE_ID.match(value) and value not in RESERVED_IDS else None
        if attribute == "src":
            return value if _may_show(value, content_hosts) else None
        if attribute == "cite":  # not among the addresses whose scheme is looked at
            return value if split_address(value.strip()).scheme in {"", "http", "https"} else None
        if attribute == "role":
            return value if value in _ROLES else None
        if attribute == "tabindex":
            return value if value == "0" else None
        return value

    failures: list[Exception] = []

    def guarded(tag: str, attribute: str, value: str) -> str | None:
        # What is raised here would be lost on its way, and the page stored without the attribute.
        try:
            return keep(tag, attribute, value)
        except Exception as error:
            failures.append(error)
            return None

    safe = nh3.clean(
        html,
        tags=TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=guarded,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    if failures:
        raise failures[0]
    return safe


def _may_show(src: str, content_hosts: tuple[str, ...]) -> bool:
    parts = split_address(src)
    if not parts.netloc and not parts.scheme:
        return _OWN_ADDRESS.match(src) is not None
    return parts.scheme == "https" and parts.hostname in content_hosts
