"""Tags that are opened and never closed: what to say of them, and a watch over those of HTML."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lessons.rendering.context import RenderContext
from lessons.rendering.html_tags import STYLES, VOID
from lessons.rendering.mdx.scanner import Tag

_BLOCK_TAGS = (
    "article aside blockquote center details div dl figure h1 h2 h3 h4 h5 h6 ol pre section table ul"
)
_WATCHED = STYLES.union(_BLOCK_TAGS.split())
"""Tags that have to be closed in HTML too: left open, they take in the rest of the page."""


def report_unclosed(context: RenderContext, name: str, line: int, column: int) -> None:
    """Say that a tag, or ``{#if}`` by the name "if", is never closed."""
    opening, closing = ("{#if}", "{/if}") if name == "if" else (f"<{name}>", f"</{name}>")
    message = _("%(name)s is never closed") % {"name": opening}
    context.warn(line, column, "component", message, _("Close it with %(tag)s.") % {"tag": closing})


class OpenTags:
    """The tags of HTML that are open, innermost last. MDX demands that each is closed, HTML that most are."""

    def __init__(self, context: RenderContext, *, is_mdx: bool) -> None:
        self._context = context
        self._is_mdx = is_mdx
        self._open: list[tuple[str, int, int]] = []
        self._styles: dict[str, list[tuple[str, int, int]]] = {}
        self._counts: dict[str, int] = {}

    def note(self, tag: Tag, line: int, column: int) -> None:
        """Take in the next tag; one that closes an outer one leaves those between them unclosed."""
        name = tag.name.lower()
        if name in VOID or tag.is_self_closing or not (self._is_mdx or name in _WATCHED):
            return
        if not self._is_mdx and name in STYLES:
            # Whatever block is closed around one, it may itself be closed later.
            same = self._styles.setdefault(name, [])
            if not tag.is_closing:
                same.append((name, line, column))
            elif same:
                same.pop()
        elif not tag.is_closing:
            self._open.append((name, line, column))
            self._counts[name] = self._counts.get(name, 0) + 1
        elif self._counts.get(name):
            while (last := self._pop())[0] != name:
                report_unclosed(self._context, *last)

    def finish(self) -> None:
        """Report what is open at the end of the text."""
        while self._open:
            report_unclosed(self._context, *self._pop())
        for same in self._styles.values():
            for each in same:
                report_unclosed(self._context, *each)

    def _pop(self) -> tuple[str, int, int]:
        last = self._open.pop()
        self._counts[last[0]] -= 1
        return last
