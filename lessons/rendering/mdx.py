"""From MDX to the Markdown and the directives that the normalizer reads; nothing in it is ever evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.context import RenderContext
from lessons.rendering.fences import Fence

_COMPONENT = re.compile(r"^\s*</?(?P<name>[A-Z][\w.]*)(?:\s[^>]*)?/?>\s*$")
_MODULE_LINE = re.compile(r"^(?:import\s.+\sfrom\s|import\s['\"]|export\s)")
_COMMENT = re.compile(r"^\s*\{/\*.*\*/\}\s*$")


@dataclass(slots=True)
class MdxResult:
    """Lines without MDX, entry by entry as they came in (one may hold several), and the questions found."""

    lines: list[str]
    fences: list[Fence] = field(default_factory=list)

    def physical(self, first_line: int) -> tuple[list[str], list[int]]:
        """Return single lines, and for each the line of the file it comes from."""
        lines: list[str] = []
        numbers: list[int] = []
        for number, entry in enumerate(self.lines, start=first_line):
            for line in entry.split("\n"):
                lines.append(line)
                numbers.append(number)
        return lines, numbers


def plain_lines(lines: list[str], context: RenderContext, first_line: int, *, is_mdx: bool) -> MdxResult:
    """Return the lines with imports, comments and tags of components taken out or put as directives.

    Entry by entry: entry i of the result comes from line i. What was left out is counted in
    ``context.dropped``; unknown components are reported there, and their children kept.
    """
    code = lines_of_code(lines)
    return MdxResult(
        [
            "" if index not in code and _is_dropped(line, context, index + first_line) else line
            for index, line in enumerate(lines)
        ]
    )


def _is_dropped(line: str, context: RenderContext, number: int) -> bool:
    if component := _COMPONENT.match(line):
        message = _("unknown component <%(name)s>") % {"name": component["name"]}
        column = len(line) - len(line.lstrip()) + 1
        context.warn(number, column, "component", message, _("Its content is kept as plain Markdown."))
        context.dropped[f"component <{component['name']}>"] += 1
        return True
    if _MODULE_LINE.match(line):
        context.dropped[line.partition(" ")[0]] += 1
        return True
    if _COMMENT.match(line):
        context.dropped["MDX comment"] += 1
        return True
    return False
