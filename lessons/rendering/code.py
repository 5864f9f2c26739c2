"""Code blocks: highlighted when content is loaded, with title, marked lines and line numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.translation import gettext as _
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

MAX_HIGHLIGHTED = 200_000
"""Characters of a listing that is highlighted; a longer one is plain."""

_MAX_CACHED = 20_000

_LANGUAGE = re.compile(r"\{?\s*\.?(?P<language>[A-Za-z][\w+#.-]*)(?![\w=])(?P<flags>(?:,[\w-]*)*)")
_TITLE = re.compile(
    r"""\b(?:title|filename|file)=(?:(?P<quote>["'])(?P<quoted>.*?)(?P=quote)|(?P<bare>[^\s{}"']+))"""
)
_LINES = re.compile(r"\{(?P<ranges>[0-9,\s-]+)\}|hl_lines=[\"'](?P<hl>[0-9,\s-]+)[\"']")
_NUMBERED = re.compile(r"\b(?:showLineNumbers|linenums)(?:=[\"'{]?(?P<first>\d{1,6}))?")
_OUTPUT = re.compile(r"\s(?:out|output)\b")
_MARK = re.compile(
    r"\s*(?://+|#+|--|;+|%+|!|'|REM|<!--|/\*|\{/\*)\s*highlight-(?P<what>next-line|start|end)\s*(?:-->|\*/\}?)?\s*$",
    re.IGNORECASE,
)
_PLAIN = frozenset({"text", "txt", "plain", "plaintext", "out", "output", "mermaid", "gitignore"})
_ALIASES = {
    "astro": "html",
    "cmd": "bat",
    "curl": "bash",
    "dotenv": "bash",
    "env": "bash",
    "ipython": "python",
    "jsonc": "json",
    "kt": "kotlin",
    "mdx": "markdown",
    "patch": "diff",
    "svelte": "html",
    "vb": "vb.net",
    "wasm": "wast",
}
"""Names that authors and editors use, as Pygments calls them."""


@dataclass(frozen=True, slots=True)
class CodeInfo:
    """What an info string asks for; ``first`` is the number of the first line, None for no line numbers."""

    language: str = ""
    title: str = ""
    marked: frozenset[int] = frozenset()
    first: int | None = None
    is_output: bool = False


def read_info(info: str) -> CodeInfo:
    """Return what an info string asks for, in the spelling of Docusaurus, mdBook, MkDocs or Hugging Face."""
    title = _TITLE.search(info)
    rest = info[: title.start()] + info[title.end() :] if title else info
    marked = frozenset[int]()
    for ranges in _LINES.finditer(rest):
        marked |= line_numbers((ranges["ranges"] or ranges["hl"]).replace(" ", ","))
    numbered = _NUMBERED.search(rest)
    return CodeInfo(
        language=fence_language(info),
        title=(title["quoted"] or title["bare"] or "").strip() if title else "",
        marked=marked,
        first=int(numbered["first"] or 1) if numbered else None,
        is_output=_OUTPUT.search(rest) is not None,
    )


def fence_language(info: str) -> str:
    """Return the language an info string names, in lower case; empty when it names none."""
    match = _LANGUAGE.match(info)
    return match["language"].lower() if match else ""


def render_fence(source: str, info: str) -> str:
    """Return a fenced block as trusted HTML, with the title and marked lines its info asks for."""
    wanted = read_info(info)
    if wanted.language == "rust":
        source = _without_hidden_lines(source)
    title = wanted.title or (_("output") if wanted.is_output else "")
    return render_code(source, wanted.language, title, wanted.marked, wanted.first)


def render_code(
    source: str,
    language: str,
    title: str = "",
    marked: frozenset[int] = frozenset(),
    first: int | None = None,
) -> str:
    """Return a code block as trusted HTML; ``marked`` are line numbers from 1.

    Comments such as ``# highlight-next-line`` mark lines too and are left out. With ``first`` lines are
    numbered from there. The text of its ``code`` element is the source, character by character.
    """
    source, commented = take_marks(source)
    lines = _highlight(source, language).split("\n")
    chosen = marked | commented
    body = "\n".join(
        _line(line, number in chosen, None if first is None else first + number - 1)
        for number, line in enumerate(lines, start=1)
    )
    label = escape(title or language)
    bar = f'<figcaption class="code__bar"><b>{label}</b></figcaption>' if label else ""
    name = f' class="language-{escape(language)}"' if language else ""
    return f'<figure class="code highlight">{bar}<pre tabindex="0"><code{name}>{body}</code></pre></figure>'


def _line(html: str, is_marked: bool, number: int | None) -> str:
    if number is not None:
        # Drawn from the attribute, so that a number is never selected or copied.
        html = f'<span class="lineno" data-n="{number}"></span>{html}'
    return f'<span class="hl">{html}</span>' if is_marked else html


def take_marks(source: str) -> tuple[str, frozenset[int]]:
    """Return the source without its highlight comments, and the numbers of the lines they mark."""
    if "highlight-" not in source:
        return source, frozenset()
    kept: list[str] = []
    marked: set[int] = set()
    within = next_line = False
    for line in source.split("\n"):
        mark = _MARK.match(line)
        if mark is None:
            kept.append(line)
            if within or next_line:
                marked.add(len(kept))
            next_line = False
        elif mark["what"] == "next-line":
            next_line = True
        else:
            within = mark["what"] == "start"
    return "\n".join(kept), frozenset(marked)


def line_numbers(ranges: str) -> frozenset[int]:
    """Return the numbers in ``1,3-5``; parts that are none are left out."""
    numbers: set[int] = set()
    for part in ranges.split(","):
        first, _dash, last = part.strip().partition("-")
        if first.isdigit() and (last.isdigit() or not last):
            numbers.update(range(int(first), min(int(last or first), 10_000) + 1))
    return frozenset(numbers)


def _without_hidden_lines(source: str) -> str:
    """Leave out what mdBook hides in Rust: lines that begin with a lone ``#``; ``##`` stands for one."""
    shown = [line for line in source.split("\n") if not re.match(r"\s*#(?:\s|$)", line)]
    return "\n".join(re.sub(r"^(\s*)##", r"\1#", line) for line in shown)


_FORMATTER = HtmlFormatter(nowrap=True)
"""One for all blocks: making one costs a third of what highlighting does, and it keeps nothing of a text."""


def _highlight(source: str, language: str) -> str:
    if len(source) > MAX_HIGHLIGHTED:
        return escape(source, quote=False)
    return _cached(source, language) if len(source) <= _MAX_CACHED else _highlighted(source, language)


def _highlighted(source: str, language: str) -> str:
    lexer = _lexer(language)
    if lexer is None:
        return escape(source, quote=False)
    html: str = highlight(source, lexer, _FORMATTER)
    # Pygments ends the last line; whatever blank lines the author left are the author's.
    return html if source.endswith("\n") else html.removesuffix("\n")


_cached = lru_cache(maxsize=1024)(_highlighted)


@lru_cache(maxsize=128)
def _lexer(language: str) -> Lexer | None:
    if not language or language in _PLAIN:
        return None
    try:
        return get_lexer_by_name(_ALIASES.get(language, language), stripnl=False)
    except ClassNotFound:
        return None
