"""From MDX to the Markdown and the directives that the normalizer reads; nothing in it is ever evaluated."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lessons.rendering.code_fences import lines_of_code
from lessons.rendering.context import RenderContext
from lessons.rendering.fences import Fence
from lessons.rendering.mdx import questions
from lessons.rendering.mdx.indents import shifts
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.reader import Reader
from lessons.rendering.mkdocs import has_indented_blocks, without_indented_blocks

_MAY_HOLD_MDX = re.compile(r"[<{]|^(?:import|export)\s", re.MULTILINE)
_CLOSES_COMPONENT = re.compile(r"</(?:[A-Z]|hfoption|details)")
_MOST_READINGS = 3


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
    rows = list(range(len(lines)))
    count = len(lines)
    if has_indented_blocks(lines):
        lines, rows = without_indented_blocks(lines)
    fences: list[Fence] = []
    if is_mdx or _MAY_HOLD_MDX.search("\n".join(lines)):
        reader = _read(lines, [row + first_line for row in rows], context, is_mdx=is_mdx)
        lines, rows = reader.out.lines, [rows[row] for row in reader.out.rows]
        fences = reader.blocks.fences
    entries: list[list[str]] = [[] for _row in range(count)]
    for row, line in zip(rows, lines, strict=True):
        entries[row].append(line)
    return MdxResult(["\n".join(entry) for entry in entries], fences)


def _read(lines: list[str], numbers: list[int], context: RenderContext, *, is_mdx: bool) -> Reader:
    """Read a text. A question that was not read as one is taken out, and the text is read again.

    Only a reading tells: such a tag may stand in a title, an attribute, a formula, an expression.
    """
    moved: list[int] = []
    if is_mdx:
        moved = shifts(lines, set(lines_of_code(lines, any_indent=True)))
        lines = [line[by:] for line, by in zip(lines, moved, strict=True)]
    for readings_left in range(_MOST_READINGS, -1, -1):
        # Where components are closed, indentation shows what they hold, and makes no code.
        closes = bool(_CLOSES_COMPONENT.search("\n".join(lines)))
        places = Places(lines, indented_code=not is_mdx and not closes, shifts=moved)
        strays = questions.questions_in(places)
        trial = questions.on_trial(context) if strays else context
        reader = Reader(places, numbers, trial, is_mdx=is_mdx)
        if readings_left:
            reader.run()
            strays = [each for each in strays if each.start not in reader.blocks.questions_read]
        if not strays:
            break
        for stray in strays:
            questions.report_stray(context, numbers[places.row(stray.start)], places.column(stray.start))
        lines = questions.without(places, strays)
    if trial is not context:
        questions.accept(context, trial)
    return reader
