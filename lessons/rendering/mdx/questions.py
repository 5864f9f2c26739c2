"""What looks like a question of Hugging Face's, wherever it stands: none may show its key as text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from lessons.rendering.context import RenderContext
from lessons.rendering.mdx.places import Places
from lessons.rendering.mdx.scanner import MAX_SPAN, read_tag

_LOOKS = re.compile(r"<[ \t]*question\b", re.IGNORECASE)
_CHOICES = re.compile(r"\bchoices\s*=", re.IGNORECASE)
_PART = re.compile(r"\\[^\n]|`+|<!--(?!-?>)|\{/\*|<[ \t]*question\b", re.IGNORECASE)
_COMMENTS = {"<!--": re.compile("-->"), "{/*": re.compile(r"\*/\}")}
_CLOSES = re.compile(r"/>[ \t]*$", re.MULTILINE)
_GOES_ON_QUOTED = re.compile(r"\n[ \t]*>\Z")
"""How a tag seems to end that only goes on in the next line of a quotation."""

_NEXT = re.compile(r"^ {0,3}#|<question\b", re.MULTILINE | re.IGNORECASE)
"""Where the text goes on for certain behind a question that is never closed."""

_FREE_TRIES = 32

_OPENS_TITLE = re.compile(
    r"""\](?::|\()\s*(?:<[^<>\n]*>|[^\s<>]+)\s+(?:(?P<quote>["'])(?:(?!(?P=quote)).)*|\((?!\()[^()]*)\Z""",
    re.DOTALL,
)
_OPENS_BRACKET = re.compile(r"\[[^\[\]]*\Z")
_LONGEST_TITLE = 1_000
"""Characters of a link's title, or text, in which a question is looked for, before it and behind."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A question as it is written, from its first sign to behind its last."""

    start: int
    end: int


def end_of_broken(places: Places, at: int) -> int:
    """Return how far a question goes that cannot be read: to its paragraph's end, or the tag's."""
    end = places.paragraph_end(at)
    limit = _NEXT.search(places.text, at + 1, min(len(places.text), at + MAX_SPAN))
    closing = _CLOSES.search(places.text, at, limit.start() if limit else at + MAX_SPAN)
    return max(end, closing.end()) if closing else end


def stands_in_link(places: Places, start: int, end: int) -> bool:
    """Whether a stretch stands in a link's text, or in the title of a link or a link's definition."""
    text = places.text
    before = text[max(places.paragraph_start(start), start - _LONGEST_TITLE) : start]
    behind = text[end : min(places.paragraph_end(end), end + _LONGEST_TITLE)]
    if title := _OPENS_TITLE.search(before):
        return (title["quote"] or ")") in behind
    bracket = behind.find("]")
    return _OPENS_BRACKET.search(before) is not None and bracket >= 0 and "[" not in behind[:bracket]


def begins_question(text: str) -> bool:
    """Whether something begins in a text that may be a question."""
    return _LOOKS.search(text) is not None


def holds_question(text: str) -> bool:
    """Whether a text may hold what looks like a question; cheap to ask."""
    return _LOOKS.search(text) is not None and _CHOICES.search(text) is not None


def without_questions(words: str) -> str:
    """Return plain words, such as a title, without what looks like a question in them."""
    places = Places(words.split("\n"), indented_code=False)
    strays = questions_in(places, is_plain=True)
    return " ".join("\n".join(without(places, strays)).split()) if strays else words


def questions_in(places: Places, *, is_plain: bool = False) -> list[Stretch]:
    """Return whatever looks like a question with choices and stands neither in code nor in a comment.

    Where a text is plain words there is no code and no comment: all of it would be shown.
    """
    text = places.text
    if not _LOOKS.search(text):
        return []
    found: list[Stretch] = []
    marks = _Marks(text)
    tries = _FREE_TRIES + len(text) // MAX_SPAN  # readings that may fail, each over a whole span
    at = 0
    while part := _PART.search(text, at):
        start, sign, at = part.start(), part[0], part.end()
        if is_plain and sign[-1] not in "nN":
            at = start + 1  # whatever the sign begins in Markdown
        elif sign.startswith("`"):
            at = places.code_span_end(start)
        elif sign in _COMMENTS:
            at = max(at, marks.next(_COMMENTS[sign], at))
        elif sign.startswith("<") and (is_plain or places.row(start) not in places.code):
            tag = read_tag(text, start) if tries > 0 else None
            tries -= tag is None
            if (
                tag is None
                or (not is_plain and places.holds_code(start, tag.end))
                or _GOES_ON_QUOTED.search(text, start, tag.end)
            ):
                end = end_of_broken(places, start)
                has_choices = 0 <= marks.next(_CHOICES, at) < end
            else:
                end = tag.end if tag.is_self_closing else _with_children(places, tag.name, tag.end)
                has_choices = any(name.lower() == "choices" for name in tag.attributes)
            if has_choices:
                found.append(Stretch(start, end))
                at = end
    return found


class _Marks:
    """Where marks come next in a text that is read forward: none is looked for twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[re.Pattern[str], int] = {}

    def next(self, mark: re.Pattern[str], at: int) -> int:
        """Return where a mark begins next, or -1."""
        known = self._next.get(mark, 0)
        if 0 <= known < at or mark not in self._next:
            match = mark.search(self._text, at)
            self._next[mark] = match.start() if match else -1
        return self._next[mark]


def _with_children(places: Places, name: str, at: int) -> int:
    """Return where an element ends whose opening tag ends at ``at``; there, when it is never closed."""
    closing = places.closing(name, at)
    if not 0 <= closing < at + MAX_SPAN or _LOOKS.search(places.text, at, closing):
        return at
    return places.text.index(">", closing) + 1


def without(places: Places, strays: Iterable[Stretch]) -> list[str]:
    """Return the lines without these stretches, as many as before."""
    pieces, at = [], 0
    for stray in strays:
        written = places.text[stray.start : stray.end]
        # The space keeps what stood on both sides from becoming another tag.
        pieces += [places.text[at : stray.start], " ", "\n" * written.count("\n")]
        at = stray.end
    return "".join([*pieces, places.text[at:]]).split("\n")


def report_stray(context: RenderContext, line: int, column: int) -> None:
    """Say that something looks like a question, and is none where it stands."""
    context.dropped["component <Question>"] += 1
    context.warn(line, column, "question", *stray_words())


def stray_words() -> tuple[str, str]:
    """Return what is said of something that looks like a question and is none, and what to do about it."""
    message = _("this looks like a question and cannot be asked here")
    return message, _("It is left out, with its key; write <Question choices={[…]} /> on a line of its own.")


def on_trial(context: RenderContext) -> RenderContext:
    """Return a context to read a text with that may have to be read again."""
    return replace(
        context, problems=[], citations=[], assets=set(), held=list(context.held), dropped=Counter()
    )


def accept(context: RenderContext, trial: RenderContext) -> None:
    """Take over what a reading on trial brought to light."""
    context.problems += trial.problems
    context.citations += trial.citations
    context.assets |= trial.assets
    context.held[:] = trial.held
    context.dropped += trial.dropped
