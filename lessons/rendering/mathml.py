"""TeX to MathML, when content is loaded; no page loads a math script."""

from __future__ import annotations

import re

import nh3
from django.utils.translation import gettext as _
from math_core import LatexError, LatexToMathML

from lessons.rendering.brackets import too_many_unclosed

_CONVERTER = LatexToMathML()

MAX_TEX = 10_000
"""Characters of a formula. The converter calls itself for each level, and a deep formula ends the process."""

MAX_DEPTH = 100
"""Groups, environments and delimiters of a formula within one another, at most."""

_LEVEL = re.compile(r"\\(?P<command>left|begin|right|end)(?![A-Za-z])|\\.|(?P<brace>[{}])", re.DOTALL)

_COLORS = re.compile(r"\x1b\[[0-9;]*m")
_MESSAGE = re.compile(r"Error:\s*(.+)")
_PLACE = re.compile(r"input:(\d+):(\d+)")

_ALIGN = {"right": "math-right", "left": "math-left", "center": "math-center"}
_TAGS = {
    *("math", "semantics", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt", "mroot"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none"),
    *("mtable", "mtr", "mtd", "mpadded", "mphantom", "menclose", "mstyle", "merror"),
}
_ATTRIBUTES = {
    *("accent", "accentunder", "columnalign", "columnlines", "columnspacing", "columnspan", "depth", "dir"),
    *("display", "displaystyle", "fence", "form", "height", "largeop", "linethickness", "lspace"),
    *("mathvariant", "maxsize", "minsize", "movablelimits", "notation", "rowlines", "rowspacing", "rowspan"),
    *("rspace", "scriptlevel", "separator", "stretchy", "symmetric", "voffset", "width", "class"),
}


class MathError(Exception):
    """TeX that cannot be read; the text says why, ``column`` where in the formula, from 1."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.column = column


def tex_to_mathml(tex: str, *, display: bool) -> str:
    """Return a formula as sanitized MathML without inline styles; raises ``MathError``."""
    _check_size(tex)
    if (place := too_many_unclosed(tex)) >= 0:
        raise MathError(_("too many brackets that nothing closes"), place + 1)
    try:
        mathml = _CONVERTER.convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise _explain(str(error)) from None
    return nh3.clean(
        _styles_to_classes(mathml),
        tags=_TAGS,
        attributes={"*": _ATTRIBUTES},
        link_rel=None,
        strip_comments=True,
    )


def _check_size(tex: str) -> None:
    if len(tex) > MAX_TEX:
        raise MathError(_("longer than %(limit)d characters") % {"limit": MAX_TEX}, 1)
    depth = 0
    for level in _LEVEL.finditer(tex):
        if level["command"] in {"left", "begin"} or level["brace"] == "{":
            depth += 1
        elif level["command"] or level["brace"]:
            depth = max(0, depth - 1)
        if depth > MAX_DEPTH:
            raise MathError(_("nested too deep"), level.start() + 1)


def _explain(report: str) -> MathError:
    plain = _COLORS.sub("", report)
    message = _MESSAGE.search(plain)
    place = _PLACE.search(plain)
    return MathError(
        message[1].strip().rstrip(".") if message else "cannot be read", int(place[2]) if place else 1
    )


def _styles_to_classes(mathml: str) -> str:
    # A strict style-src blocks inline styles; the only ones made are alignments of table cells.
    def class_for(match: re.Match[str]) -> str:
        align = re.search(r"text-align:\s*(\w+)", match[1])
        name = _ALIGN.get(align[1]) if align else None
        return f' class="{name}"' if name else ""

    return re.sub(r'\sstyle="([^"]*)"', class_for, mathml)
