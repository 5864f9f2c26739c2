"""HTML without what we add for looks and for tools of readers: the rest must be what CommonMark gives."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, unquote, urlsplit

from tests.lessons.gfm import Node, parse_html

_KEPT = {"href", "src", "alt", "title", "start"}
_DISSOLVED = {"figure", "span", "root", "thead", "tbody"}
_DROPPED = {"task", "back", "src", "footnote-ref", "footnote-backref", "code__bar"}
_SPACE = re.compile(r"[ \t\n]+")


def canonical(page: str) -> str:
    """Return HTML in one form, whoever made it; a reference's is to be sanitized before."""
    written = "".join(_write(parse_html(page), in_code=False))
    written = re.sub(
        r"\s*(</?(?:p|h\d|ul|ol|li|blockquote|table|tr|td|th|hr|br|pre|div|section)\b[^>]*>)\s*",
        r"\1",
        written,
    )
    return written.strip()


def _write(node: Node, *, in_code: bool) -> list[str]:
    classes = set(node.attributes.get("class", "").split())
    if classes & _DROPPED or node.tag in {"input", "math"}:
        return []
    tag = "h2" if node.tag == "h1" else node.tag
    in_code = in_code or tag == "pre"
    inner = [
        text
        for child in node.children
        for text in ([_text(child, in_code)] if isinstance(child, str) else _write(child, in_code=in_code))
    ]
    if tag in _DISSOLVED or (tag == "div" and "scroll" in classes):
        return inner
    if tag == "code" and in_code:
        return ["".join(inner).strip("\n")]
    if tag == "img" and urlsplit(node.attributes.get("src", "")).scheme:
        return [f'<a href="{_address(node.attributes["src"])}">', node.attributes.get("alt", ""), "</a>"]
    attributes = "".join(
        f' {name}="{_address(value) if name in {"href", "src"} else html.escape(_SPACE.sub(" ", value))}"'
        for name, value in sorted(node.attributes.items())
        if name in _KEPT
    )
    if tag in {"img", "br", "hr"}:
        return [f"<{tag}{attributes}>"]
    return [f"<{tag}{attributes}>", *inner, f"</{tag}>"]


def _address(value: str) -> str:
    return quote(unquote(value), safe="/:?#@!$&'()*+,;=~%")


def _text(text: str, in_code: bool) -> str:
    return html.escape(text, quote=False) if in_code else html.escape(_SPACE.sub(" ", text), quote=False)
