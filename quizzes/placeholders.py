"""Where questions stand in a lesson: placeholders in its stored HTML, which htmx fills with forms.

Stored HTML is the same for everybody, so it holds no form, no option and nothing of a learner: only a link to
the quiz page, which is also the way for those without script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import ngettext

from quizzes.sheets import quiz_url
from quizzes.source import QuestionSource

MARGIN_PX = 800
"""How far outside the window forms are fetched: about one screen ahead of a reader."""

MAX_RESERVED = 4
"""Questions whose height a class reserves (``questions--1`` to ``questions--4``)."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The placeholders of one lesson, as trusted HTML."""

    by_fence: dict[int, str] = field(default_factory=dict)
    """By the line of the fence."""

    by_section: dict[str, str] = field(default_factory=dict)
    """By the anchor of the heading at the end of whose section they stand."""

    at_end: str = ""
    """For the questions of the quiz file that name no section."""


def slots_for(path: str, questions: Sequence[QuestionSource]) -> Slots:
    """Return the placeholders for a lesson's questions; ``path`` is its address below ``/learn/``."""
    by_fence: dict[int, list[QuestionSource]] = {}
    by_section: dict[str, list[QuestionSource]] = {}
    for question in questions:
        if question.fence_line is None:
            by_section.setdefault(question.section, []).append(question)
        else:
            by_fence.setdefault(question.fence_line, []).append(question)
    in_fences = {
        line: placeholder(
            path,
            [question.key for question in group],
            is_asked=all(question.prompt_is_above for question in group),
        )
        for line, group in by_fence.items()
    }
    in_sections = {
        anchor: placeholder(path, [question.key for question in group])
        for anchor, group in by_section.items()
    }
    at_end = in_sections.pop("", "")
    return Slots(in_fences, in_sections, at_end)


def placeholder(path: str, keys: Sequence[str], *, is_asked: bool = False) -> str:
    """Return the placeholder of the questions that stand in one place of a lesson.

    With ``is_asked`` the page has said the prompt right above it: the question that comes here keeps it as
    its name and does not show it.
    """
    # One after the other (hx-sync): the first brings the CSRF cookie. At once, each would bring another one,
    # and only the forms that came last could be sent.
    url = quiz_url(path)
    count = len(keys)
    words = ngettext(
        "Answer %(count)d question on this section", "Answer %(count)d questions on this section", count
    )
    return format_html(
        '<section class="questions questions--{}{}" id="questions-{}"'
        ' hx-get="{}?{}" hx-trigger="intersect once rootMargin:{}px" hx-swap="innerHTML"'
        ' hx-sync="body:queue all">'
        '<p><a href="{}?{}">{}</a></p></section>',
        min(count, MAX_RESERVED),
        " questions--asked" if is_asked else "",
        keys[0],
        url,
        urlencode({"slot": list(keys)}, doseq=True),
        MARGIN_PX,
        url,
        urlencode({"q": keys[0]}),
        words % {"count": count},
    )
