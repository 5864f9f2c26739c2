"""What frames a question in its page: boxes and HTML that open above it and close below it, or did so before.

Only one end of such a frame is in the text above a question, and that text is rendered alone.
"""

from __future__ import annotations

import re

from lessons.rendering import Library, RenderContext
from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.directives import open_directives

_DIRECTIVE = re.compile(r"^\s*:{3,}\s*(?:[A-Za-z].*)?$")
_TAG = re.compile(
    r"`[^`\n]*`"
    r"|<(?P<closing>/?)(?P<name>details|div|section|article|aside|main|header|footer|figure|center|blockquote"
    r"|p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|hfoptions|hfoption)\b[^<>]{0,1000}>"
    r"(?P<summary>\s*<summary\b[^<>]{0,1000}>.{0,1000}?</summary\s*>)?",
    re.IGNORECASE | re.DOTALL,
)
_UNPAIRED = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody"}
"""Elements that HTML closes by itself: an opening tag alone is whole."""


def without_torn_frames(lines: list[str]) -> list[str]:
    """Return lines without what opens or closes something whose other end is not among them.

    As many lines come back, so that their numbers hold; what is whole, and all code, is left as it is.
    """
    if any(":::" in line for line in lines):
        lines = _without_torn_directives(lines)
    return _without_torn_tags(lines) if any("<" in line for line in lines) else lines


def _without_torn_directives(lines: list[str]) -> list[str]:
    # Problems of the page are reported where the page is rendered: this context is for nobody.
    whole = open_directives(lines, list(range(1, len(lines) + 1)), RenderContext("", Library()))
    kept = lines_of_code(lines, any_indent=True) | set(whole.opens) | whole.closes
    return [
        "" if number not in kept and _DIRECTIVE.match(line) else line for number, line in enumerate(lines)
    ]


def _without_torn_tags(lines: list[str]) -> list[str]:
    code = lines_of_code(lines, any_indent=True)
    text = "\n".join("" if number in code else line for number, line in enumerate(lines))
    pieces: list[str] = []
    end = 0
    for tag in _torn_tags(text):
        pieces += [text[end : tag.start()], "\n" * tag[0].count("\n")]
        end = tag.end()
    shown = "".join([*pieces, text[end:]]).split("\n")
    return [lines[number] if number in code else line for number, line in enumerate(shown)]


def _torn_tags(text: str) -> list[re.Match[str]]:
    """Return the tags without a partner, in the order of the text."""
    torn: list[re.Match[str]] = []
    opened: dict[str, list[re.Match[str]]] = {}
    for tag in _TAG.finditer(text):
        if not tag["name"] or tag[0].endswith("/>"):
            continue
        of_name = opened.setdefault(tag["name"].lower(), [])
        if not tag["closing"]:
            of_name.append(tag)
        elif of_name:
            of_name.pop()
        else:
            torn.append(tag)
    torn += [tag for name, tags in opened.items() if name not in _UNPAIRED for tag in tags]
    return sorted(torn, key=lambda tag: tag.start())
