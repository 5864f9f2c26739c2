"""Tags of HTML by what they are to a page; each rule about an author's HTML says which of these it means."""

from __future__ import annotations

from typing import Final

VOID: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"}
    | {"wbr"}
)
"""Tags that hold nothing and are never closed."""

STYLES: Final = frozenset(
    {"a", "b", "big", "code", "del", "em", "font", "i", "ins", "kbd", "mark", "s", "small", "span"}
    | {"strong", "sub", "sup", "u"}
)
"""Tags around words that take in the rest of the page when they are left open."""

OF_A_LINE: Final = STYLES | frozenset({"abbr", "cite", "dfn", "q", "samp", "var"})
"""Tags around words; none of them begins a line of its own."""

VOID_OF_A_LINE: Final = frozenset({"br", "img", "wbr"})
"""Tags that stand between words."""

AROUND_BLOCKS: Final = frozenset(
    {"article", "aside", "blockquote", "center", "dd", "details", "div", "figure", "footer", "header"}
    | {"li", "main", "section", "td", "th"}
)
"""Tags that may hold paragraphs."""
