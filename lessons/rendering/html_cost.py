"""How long a parser of HTML may take for what an author leaves open.

A parser opens unclosed emphasis again in every block that follows, and walks through everything open at most
tags: thirty kilobytes can become seventy megabytes. The sanitizer cannot be stopped once it reads, so this is
asked before. The answer is an upper bound: a closing tag counts only where it closes the innermost open one.
"""

from __future__ import annotations

import re

from lessons.rendering.html_tags import VOID

MAX_REOPENED = 500_000
"""Unclosed emphasis times tags: about the elements that a parser may open again."""

MAX_WALKED = 200_000_000
"""Open elements times tags: about the steps of a parser that looks for the element a tag closes."""

MAX_ATTRIBUTES = 5_000
"""Attributes of one tag: a parser compares each with all before it."""

_REOPENED = frozenset(
    ["b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
_FRESH = frozenset(["applet", "button", "caption", "marquee", "object", "select", "td", "template", "th"])
"""Within these a link may stay open though another begins."""

# Attributes as the standard's tokenizer takes them, so that no quoted sign is mistaken for a tag's end.
_ATTRIBUTE = (
    r"(?:=[^\s/>=]*+|[^\s/>=]++)"
    r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|(?=>)|[^\s>"'][^\s>]*+))?+"""
)
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_TOKEN = re.compile(
    r"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|<(?P<close>/?)(?P<name>[a-z][^\s/>]*+)(?P<rest>(?:[\s/]++|{_ATTRIBUTE})*+)>"
    r"|(?P<broken></?[a-z])"
    r"|<[!?/][^>]*+>?",
    re.DOTALL | re.IGNORECASE,
)


def is_too_costly(html: str) -> bool:
    """Whether what stays open in a text's HTML could keep a parser busy for more than a second or so."""
    tags = html.count("<")
    opened: list[str] = []
    emphasis = links = fresh = 0
    for token in _TOKEN.finditer(html):
        if token["broken"]:  # an attribute whose quote never closes: nothing behind it is certain
            rest = html.count("<", token.start())
            return (emphasis + rest) * tags > MAX_REOPENED or (len(opened) + rest) * tags > MAX_WALKED
        name = (token["name"] or "").lower()
        if not name:
            continue
        if token["close"]:
            if opened and opened[-1] == name:
                opened.pop()
                emphasis -= name in _REOPENED
                links -= name == "a"
            continue
        if len(token["rest"]) > MAX_ATTRIBUTES and len(_ATTRIBUTES.findall(token["rest"])) > MAX_ATTRIBUTES:
            return True
        if name in VOID:
            continue
        opened.append(name)
        emphasis += name in _REOPENED
        links += name == "a"
        fresh += name in _FRESH
        # A link ends the one before it, so of many unclosed ones the last is open.
        if (emphasis + min(links, 1 + fresh)) * tags > MAX_REOPENED or len(opened) * tags > MAX_WALKED:
            return True
    return False
