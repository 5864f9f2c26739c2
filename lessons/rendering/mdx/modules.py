"""Statements of JavaScript modules (``import``, ``export``) at the beginning of a block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lessons.rendering.mdx.scanner import MAX_SPAN, skip_quoted

_START = re.compile(r"(?P<word>import|export)\b")
_IMPORT = re.compile(
    r"import\s+(?:(?P<names>[\w$*{}\s,]+?)\s+from\s+)?"
    r"""(?P<quote>["'])(?P<path>[^"'\n]+)(?P=quote)[ \t]*;?[ \t]*(?=\n|\Z)"""
)
_EXPORT = re.compile(
    r"export\s+(?:(?:const|let|var)\s+[\w${[][^=;\n]*=|(?:default\s+)?(?:async\s+)?(?:function|class)\b|[*{]|default\s+[\w({\['\"`])"
)
_DEFAULT = re.compile(r"export\s+default\s+(?!(?:async\s+)?(?:function|class)\b)")
_EXPORTED_VALUE = re.compile(r"export\s+default\s+[^\n]*[;{(\[)}\]][ \t]*(?=\n|\Z)")
_PART = re.compile(r"""["'`(){}\[\]\n]|/\*|//""")
_GOES_ON = re.compile(r"(?:=>|[=,(\[{+*?:&|.])[ \t]*\Z")
_CONTINUES = re.compile(r"[ \t]*(?:[.?:)}\]+*&|]|=>)")
_MAX_NAMES = 2_000


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: its first word, where it ends, and for an import of one default its name and path."""

    word: str
    end: int
    name: str = ""
    path: str = ""


def read_statement(text: str, at: int) -> Statement | None:
    """Return the import or export that begins at ``at``, a line's beginning, or None when it is prose."""
    start = _START.match(text, at)
    if start is None:
        return None
    if start["word"] == "import":
        found = _IMPORT.match(text, at, min(len(text), at + _MAX_NAMES))
        if found is None:
            return None
        name = (found["names"] or "").strip()
        return Statement("import", found.end(), name if name.isidentifier() else "", found["path"])
    if not _EXPORT.match(text, at):
        return None
    # ``export default`` also begins sentences: it has to look like a statement at its line's end.
    if _DEFAULT.match(text, at) and not _EXPORTED_VALUE.match(text, at):
        return None
    end = _statement_end(text, at)
    return Statement("export", end) if end > at else None


def _statement_end(text: str, at: int) -> int:
    """Return the end of the line on which all brackets are closed and nothing is left open; -1 for none."""
    limit = min(len(text), at + MAX_SPAN)
    depth = 0
    place = at
    while part := _PART.search(text, place, limit):
        mark, place = part[0], part.end()
        if mark == "\n":
            if depth == 0 and _is_complete(text, at, part.start()):
                return part.start()
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth = max(0, depth - 1)
        elif (place := skip_quoted(text, part, limit)) < 0:
            return -1
    return limit if depth == 0 and limit == len(text) else -1


def _is_complete(text: str, at: int, end: int) -> bool:
    line_start = text.rfind("\n", at, end) + 1 or at
    if _GOES_ON.search(text[line_start:end]):
        return False
    return not _CONTINUES.match(text, end + 1)
