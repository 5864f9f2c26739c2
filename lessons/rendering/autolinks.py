"""Bare addresses in text that become links, by the rules of GitHub Flavored Markdown."""

from __future__ import annotations

import re

ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[^\s<\ue000-\ue007]*", re.IGNORECASE)
MAY_STAND_BEFORE = frozenset("*_~(")
"""Signs after which a bare address may begin, beside white space."""

_DOMAIN = re.compile(r"[\w.-]+")
_ENTITY = re.compile(r"&[A-Za-z0-9]+;\Z")
_LOCAL = re.compile(r"[A-Za-z0-9._+-]{1,64}\Z")
_MAIL_DOMAIN = re.compile(r"@[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63}){1,10}(?![A-Za-z0-9@])")


def bare_address(text: str, at: int) -> str:
    """Return the address that begins at a place, without the punctuation behind it; empty when none does."""
    before = text[at - 1] if at else " "
    match = ADDRESS.match(text, at)
    if match is None or (text[at] in "wW" and not (before.isspace() or before in MAY_STAND_BEFORE)):
        return ""
    if before.isalpha():
        return ""
    name = match[0][4:] if text[at] in "wW" else match[0].partition("://")[2]
    domain = _DOMAIN.match(name)
    if domain is None or not name[0].isalnum() or any("_" in part for part in domain[0].split(".")[-2:]):
        return ""
    return _without_tail(match[0])


def _without_tail(address: str) -> str:
    opened, closed = address.count("("), address.count(")")
    end = len(address)
    while end:
        last = address[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and closed > opened:
            closed -= 1
            end -= 1
        elif last == ";" and (entity := _ENTITY.search(address, max(0, end - 40), end)):
            end = entity.start()
        else:
            break
    return address[:end]


def mail_addresses(text: str) -> list[tuple[int, int]]:
    """Return begin and end of every bare mail address."""
    found: list[tuple[int, int]] = []
    at = 0
    while (sign := text.find("@", at)) >= 0:
        at = sign + 1
        domain = _MAIL_DOMAIN.match(text, sign)
        local = _LOCAL.search(text, max(0, sign - 64), sign)
        if domain and local and text[domain.end() - 1] not in "-_":
            found.append((local.start(), domain.end()))
            at = domain.end()
    return found
