"""What of an author's HTML never reaches a reader, by plain names for the report of a load."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from lessons.rendering.urls import split_address

_NAMES = "base|button|canvas|dialog|embed|form|input|link|meta|object|select|svg|template"
_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<whole>script|style|textarea)(?=[\s/>]).*?(?:</(?P=whole)|\Z)"
    rf"|<(?P<single>{_NAMES})(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
_SCHEMES = frozenset({"", "http", "https", "mailto"})
_OTHER_SCHEMES = frozenset({"blob", "data", "file", "ftp", "javascript", "sms", "tel", "vbscript"})


def count_tags(pieces: Iterable[str], dropped: Counter[str]) -> None:
    """Count the tags that the sanitizer takes away, in the author's HTML as it comes in pieces."""
    for html in pieces:
        for match in _TAG.finditer(html):
            if name := match["whole"] or match["single"]:
                dropped[f"<{name.lower()}>"] += 1


def count_handlers(attributes: Iterable[str], dropped: Counter[str]) -> None:
    """Count the attributes of a tag that would run a script."""
    for attribute in attributes:
        if len(attribute) > 2 and attribute[:2].lower() == "on":
            dropped["attribute on…="] += 1


def count_address(address: str, dropped: Counter[str]) -> None:
    """Count a link that the sanitizer takes away for what it would do: ``javascript:`` and its like."""
    scheme = split_address(address.strip()).scheme.lower()
    if scheme in _SCHEMES:
        return
    dropped[f"link to {scheme}:" if scheme in _OTHER_SCHEMES else "link to an unknown scheme"] += 1
