"""Lists as CommonMark nests them, written as Python-Markdown nests them: four spaces a level."""

from __future__ import annotations

import re

_ITEM = re.compile(r"^(?P<indent> *)(?P<marker>[-*+]|\d{1,9}[.)])(?P<space> +)(?=\S)")
_INTERRUPTS = re.compile(r"^(#{1,6} |>|/{3,})")
_RULE = re.compile(r"^ {0,3}([-*_])( *\1){2,} *$")


def indent_lists(text: str) -> str:
    """Return the text with items and their content at four spaces a level, and a blank line before a list."""
    out: list[str] = []
    stack: list[int] = []  # content column of each open item
    blank = True
    for line in text.split("\n"):
        if not line.strip():
            out.append("")
            blank = True
            continue
        line = line.expandtabs(4)
        indent = len(line) - len(line.lstrip(" "))
        item = None if _RULE.match(line) else _ITEM.match(line)
        if item or blank or _INTERRUPTS.match(line):
            while stack and indent < stack[-1]:
                # Only a marker may stand a little left of its siblings' content.
                stack.pop()
        if item and (stack or indent <= 3):
            if not stack and out and out[-1].strip() and not blank:
                out.append("")
            out.append("    " * len(stack) + f"{item['marker'].replace(')', '.')} {line[item.end() :]}")
            stack.append(item.end())
        elif stack and (indent >= stack[-1] or not (blank or _INTERRUPTS.match(line))):
            inner = max(0, indent - stack[-1])
            out.append("    " * len(stack) + " " * inner + line.lstrip(" "))
        else:
            stack.clear()
            out.append(line)
        blank = False
    return "\n".join(out)
