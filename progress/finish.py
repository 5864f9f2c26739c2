"""The box at the end of a lesson: what is missing, which questions wait, and the mark by hand."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Learner
from lessons.models import Lesson
from progress.services import state_of
from progress.states import State
from quizzes.models import Answer, Question
from quizzes.sheets import quiz_url

MOST_LISTED = 6
"""Open questions named one by one."""


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question without an answer; ``url`` is its own page, which needs no script."""

    number: int
    section_title: str
    url: str


@dataclass(frozen=True, slots=True)
class Finish:
    """Where one learner stands at the end of one lesson, and where to go on."""

    lesson: Lesson
    state: State
    open_questions: list[OpenQuestion]
    following: dict[str, object] | None
    """The menu entry of the next lesson in the module."""

    more_questions: int = 0
    """Open questions beyond those listed."""

    @property
    def still_missing(self) -> list[str]:
        """What the lesson's rule asks for besides the answers that the heading counts already."""
        return self.state.missing if self.heading == _asks() else []

    @property
    def skips_answers(self) -> bool:
        """Whether marking it as done now skips what its questions ask for."""
        by_answers = self.state.rule in (Lesson.Completion.QUIZ, Lesson.Completion.PASS)
        return by_answers and not self.state.rule_is_met

    @property
    def url(self) -> str:
        """The page of this box."""
        return finish_url(self.lesson.path)

    @property
    def quiz_url(self) -> str:
        """The quiz of the lesson."""
        return quiz_url(self.lesson.path)

    @property
    def heading(self) -> str:
        """What the box says first."""
        if self.state.done:
            return self._heading_done()
        left = self.state.left
        if left and self.state.answered and self.state.rule == Lesson.Completion.QUIZ:
            words = ngettext(
                "One more answer completes this lesson", "%(count)d more answers complete this lesson", left
            )
            return words % {"count": left}
        return _asks()

    def _heading_done(self) -> str:
        new = self.state.new_questions
        if new:
            words = ngettext(
                "Done. There is %(count)d new question", "Done. There are %(count)d new questions", new
            )
            return words % {"count": new}
        return _("You marked this lesson as done") if self.state.marked else _("This lesson is done")

    @property
    def answered_words(self) -> str:
        """How many questions have an answer, and the best score; empty for a lesson without questions."""
        if not self.state.questions:
            return ""
        words = ngettext(
            "%(answered)d of %(count)d question answered",
            "%(answered)d of %(count)d questions answered",
            self.state.questions,
        )
        said = words % {"answered": self.state.answered, "count": self.state.questions}
        if self.state.percent is None:
            return said
        return _("%(answered)s, best score %(percent)d%%") % {
            "answered": said,
            "percent": self.state.percent,
        }


def _asks() -> str:
    return _("What completes this lesson")


def finish_url(path: str) -> str:
    """Return the page that says what is missing in the lesson at a path."""
    return reverse("progress:lesson", kwargs={"path": path})


def finish_of(learner: Learner, lesson: Lesson) -> Finish:
    """Fetch where a learner stands at the end of a lesson; at most two queries when its module is at hand."""
    state = state_of(learner, lesson)
    menu = lesson.module.menu
    place = next((place for place, entry in enumerate(menu) if entry["id"] == lesson.pk), None)
    following = menu[place + 1] if place is not None and place + 1 < len(menu) else None
    # Of a quiz that nobody touched yet the number is enough.
    named = state.new_questions or (state.left and state.answered and not state.done)
    waiting = _open_questions(learner, lesson) if named else []
    return Finish(lesson, state, waiting[:MOST_LISTED], following, len(waiting[MOST_LISTED:]))


def _open_questions(learner: Learner, lesson: Lesson) -> list[OpenQuestion]:
    answered = Answer.objects.filter(
        attempt__learner=learner.pk or 0,
        attempt__quiz=OuterRef("quiz"),
        attempt__purpose="practice",
        question=OuterRef("pk"),
    )
    questions = (
        Question.objects.current()
        .filter(quiz__lesson=lesson)
        .annotate(is_answered=Exists(answered))
        .values_list("key", "section", "is_answered")
    )
    titles = {heading["anchor"]: heading["title"] for heading in lesson.contents}
    return [
        OpenQuestion(number, titles.get(section, ""), f"{quiz_url(lesson.path)}?{urlencode({'q': key})}")
        for number, (key, section, is_answered) in enumerate(questions, start=1)
        if not is_answered
    ]
