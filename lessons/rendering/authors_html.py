"""The author's own HTML: its links and images lead where Markdown's would."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape, unescape

_ATTRIBUTE = r"""\s++[A-Za-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s"'=<>`]++|'[^']*+'|"[^"]*+"))?"""
_TAG = re.compile(
    rf"<(?P<name>/?a|/?picture|img|video|audio|source|iframe|embed)(?P<attributes>(?:{_ATTRIBUTE})*+)\s*+/?>",
    re.IGNORECASE,
)
_PART = re.compile(r"""\s([A-Za-z_:][\w.:-]*)(?:\s*=\s*(?:([^\s"'=<>`]+)|'([^']*)'|"([^"]*)"))?""")
_OURS = re.compile(r"&#(?:[xX]0*[eE]00[0-9a-fA-F]|0*573(?:4[4-9]|5[0-9]));?")
_ID = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]+)"|'([^']+)'|([^\s"'=<>`]+))""", re.IGNORECASE)
_SWALLOWING = re.compile(
    r"<(?=(?P<name>title|textarea|style|xmp|noembed|noframes|script|plaintext)[\s/>])", re.I
)
_NESTING = re.compile(
    r"<(/?)(?:article|aside|blockquote|details|div|dl|figure|ol|section|ul)\b", re.IGNORECASE
)
MEDIA = frozenset({"video", "audio", "source", "iframe", "embed"})
"""Tags that bring something in from elsewhere, beside images."""


def tamed(html: str) -> str:
    """Return HTML in which no tag swallows what follows it: one that is never closed is shown as text.

    References to the characters that only our tokens and marks hold are replaced: left out, what stood around
    one could make up another.
    """
    lowered = html.lower()
    last: dict[str, int] = {}

    def one(match: re.Match[str]) -> str:
        name = match["name"].lower()
        if name not in last:
            last[name] = lowered.rfind(f"</{name}")
        return "<" if last[name] > match.start() else "&lt;"

    html = _SWALLOWING.sub(one, html)
    return _OURS.sub("\N{REPLACEMENT CHARACTER}", html) if "&#" in html else html


def deepest(pieces: Iterable[str]) -> int:
    """Return how many blocks stand within one another, at most, in HTML that comes in pieces."""
    depth = most = 0
    for html in pieces:
        for match in _NESTING.finditer(html):
            depth = max(0, depth - 1) if match[1] else depth + 1
            most = max(most, depth)
    return most


def rewrite_tags(html: str, rewrite: Callable[[str, dict[str, str]], str]) -> str:
    """Return HTML with every tag that leads somewhere as ``rewrite`` gives it for its name and attributes."""
    return _TAG.sub(lambda match: rewrite(match["name"].lower(), _attributes(match["attributes"])), html)


def images_in(html: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of every image."""
    for match in _TAG.finditer(html):
        if match["name"].lower() == "img":
            yield _attributes(match["attributes"])


def write_tag(name: str, attributes: Mapping[str, str]) -> str:
    """Return an opening tag."""
    written = "".join(f' {key}="{escape(value)}"' for key, value in attributes.items())
    return f"<{name}{written}>"


def anchors_in(html: str) -> set[str]:
    """Return the ids that the author gave to places."""
    return {unescape(next(filter(None, match.groups()))) for match in _ID.finditer(html)}


def _attributes(written: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _PART.finditer(written):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        found.setdefault(match[1].lower(), unescape(value))
    return found
