"""Code blocks: highlighted when content is loaded, with title and marked lines."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_INFO_LANGUAGE = re.compile(r"^\{?\.?(?P<language>[\w+#.-]*)")
_INFO_TITLE = re.compile(r"""title=(?P<quote>["'])(?P<title>.*?)(?P=quote)""")
_INFO_LINES = re.compile(r"\{(?P<ranges>[0-9,\s-]+)\}|hl_lines=[\"'](?P<hl>[0-9,\s-]+)[\"']")
_MARK_NEXT = re.compile(r"^\s*(?://|#|--|;|<!--|/\*)\s*highlight-next-line\s*(?:-->|\*/)?\s*$")
_MARK_START = re.compile(r"^\s*(?://|#|--|;|<!--|/\*)\s*highlight-start\s*(?:-->|\*/)?\s*$")
_MARK_END = re.compile(r"^\s*(?://|#|--|;|<!--|/\*)\s*highlight-end\s*(?:-->|\*/)?\s*$")


def fence_language(info: str) -> str:
    """Return the language an info string names, in lower case; empty when it names none."""
    match = _INFO_LANGUAGE.match(info)
    return match["language"].lower() if match else ""


def render_fence(source: str, info: str) -> str:
    """Return a fenced block as trusted HTML, with the title and marked lines its info asks for."""
    title = _INFO_TITLE.search(info)
    marked = frozenset[int]()
    for ranges in _INFO_LINES.finditer(info):
        marked |= line_numbers((ranges["ranges"] or ranges["hl"]).replace(" ", ","))
    return render_code(source, fence_language(info), title["title"] if title else "", marked)


def render_code(source: str, language: str, title: str = "", marked: frozenset[int] = frozenset()) -> str:
    """Return a code block as trusted HTML; ``marked`` are line numbers from 1.

    Comments such as ``# highlight-next-line`` mark lines too and are left out.
    """
    source, commented = take_marks(source)
    lines = _highlight(source, language).split("\n")
    chosen = marked | commented
    body = "\n".join(
        f'<span class="hl">{line}</span>' if number in chosen else line
        for number, line in enumerate(lines, start=1)
    )
    label = escape(title or language)
    bar = f'<figcaption class="code__bar"><b>{label}</b></figcaption>' if label else ""
    name = f' class="language-{escape(language)}"' if language else ""
    return f'<figure class="code highlight">{bar}<pre tabindex="0"><code{name}>{body}</code></pre></figure>'


def take_marks(source: str) -> tuple[str, frozenset[int]]:
    """Return the source without its highlight comments, and the numbers of the lines they mark."""
    kept: list[str] = []
    marked: set[int] = set()
    within = next_line = False
    for line in source.split("\n"):
        if _MARK_NEXT.match(line):
            next_line = True
        elif _MARK_START.match(line):
            within = True
        elif _MARK_END.match(line):
            within = False
        else:
            kept.append(line)
            if within or next_line:
                marked.add(len(kept))
            next_line = False
    return "\n".join(kept), frozenset(marked)


def line_numbers(ranges: str) -> frozenset[int]:
    """Return the numbers in ``1,3-5``; parts that are none are left out."""
    numbers: set[int] = set()
    for part in ranges.split(","):
        first, _dash, last = part.strip().partition("-")
        if first.isdigit() and (last.isdigit() or not last):
            numbers.update(range(int(first), min(int(last or first), 10_000) + 1))
    return frozenset(numbers)


def _highlight(source: str, language: str) -> str:
    lexer = _lexer(language)
    if lexer is None:
        return escape(source, quote=False)
    html: str = highlight(source, lexer, HtmlFormatter(nowrap=True))
    return html.rstrip("\n")


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    if not language or language in {"text", "txt", "plain"}:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None
