"""A learner's courses: modules with their lessons and states, and where to go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.urls import reverse

from accounts.models import Learner
from lessons.models import Lesson, Module
from progress.querysets import standings
from progress.states import State
from quizzes.scores import whole_percent

_COURSE = ("track_id", "module__track__title", "module__track__slug")
_MODULE = ("module_id", "module__title", "module__path")
_FIELDS = ("title", "label", "path", "number", "key_concept", "minutes", *_MODULE, *_COURSE)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a set of lessons adds up to. The one place where a percentage of progress is computed."""

    lessons: int
    done: int
    questions: int
    answered: int

    @property
    def percent(self) -> int:
        """Lessons done, in whole percent; 100 means all."""
        return whole_percent(self.done / self.lessons) if self.lessons else 0

    @property
    def answered_percent(self) -> int:
        """Questions answered, in whole percent; 100 means all."""
        return whole_percent(self.answered / self.questions) if self.questions else 0

    @property
    def is_done(self) -> bool:
        """Whether every lesson is done."""
        return self.lessons > 0 and self.done == self.lessons


def tally(states: Sequence[State]) -> Tally:
    """Add states up."""
    return Tally(
        lessons=len(states),
        done=sum(state.done for state in states),
        questions=sum(state.questions for state in states),
        answered=sum(state.answered for state in states),
    )


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """One lesson as lists of progress show it."""

    pk: int
    title: str
    label: str
    path: str
    number: int
    key_concept: str
    minutes: int
    state: State

    @property
    def url(self) -> str:
        """The lesson's page."""
        return reverse("lessons:page", kwargs={"path": self.path})


@dataclass(frozen=True, slots=True)
class ModuleStanding:
    """One module: its listed lessons in order, and what they add up to."""

    pk: int
    title: str
    path: str
    lessons: tuple[LessonStanding, ...]

    @property
    def url(self) -> str:
        """The module's page."""
        return reverse("lessons:page", kwargs={"path": self.path})

    @property
    def states(self) -> dict[int, State]:
        """The state of each lesson, by its primary key."""
        return {lesson.pk: lesson.state for lesson in self.lessons}

    @property
    def minutes(self) -> int:
        """Minutes to read and answer all of it."""
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def tally(self) -> Tally:
        """What the lessons add up to."""
        return tally([lesson.state for lesson in self.lessons])


@dataclass(frozen=True, slots=True)
class CourseStanding:
    """One course: its modules that have a listed lesson, in order, and what they add up to."""

    pk: int
    title: str
    slug: str
    modules: tuple[ModuleStanding, ...]

    @property
    def url(self) -> str:
        """The course's page."""
        return reverse("lessons:page", kwargs={"path": self.slug})

    @property
    def lessons(self) -> tuple[LessonStanding, ...]:
        """All its lessons, in order."""
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def minutes(self) -> int:
        """Minutes to read and answer all of it."""
        return sum(module.minutes for module in self.modules)

    @property
    def tally(self) -> Tally:
        """What the lessons add up to."""
        return tally([lesson.state for lesson in self.lessons])


def load_overview(learner: Learner) -> list[CourseStanding]:
    """Return every course that has a listed lesson, in order. One query, whatever the number of lessons."""
    lessons = Lesson.objects.listed().filter(module__track__retired_at=None).in_order()
    courses = []
    for (pk, title, slug), in_course in groupby(standings(learner, lessons, *_FIELDS), _values_of(*_COURSE)):
        modules = tuple(
            ModuleStanding(
                module, its_title, path, tuple(_lesson_standing(row, state) for row, state in rows)
            )
            for (module, its_title, path), rows in groupby(in_course, _values_of(*_MODULE))
        )
        courses.append(CourseStanding(pk, title, slug, modules))
    return courses


def _values_of(*fields: str) -> Callable[[tuple[Mapping[str, Any], State]], tuple[Any, ...]]:
    return lambda found: tuple(found[0][field] for field in fields)


def _lesson_standing(row: Mapping[str, Any], state: State) -> LessonStanding:
    return LessonStanding(
        pk=row["pk"],
        title=row["title"],
        label=row["label"] or row["title"],
        path=row["path"],
        number=row["number"],
        key_concept=row["key_concept"],
        minutes=row["minutes"],
        state=state,
    )


def next_lesson(parts: Iterable[ModuleStanding | CourseStanding]) -> LessonStanding | None:
    """Return the lesson to go on with in courses or modules; None when all are done or there are none.

    That is the one touched last; if it is done, the first after it that is not, going round at the end.
    """
    lessons = [lesson for part in parts for lesson in part.lessons]
    if not lessons:
        return None
    latest = max(range(len(lessons)), key=lambda place: lessons[place].state.touched_at or _LONG_AGO)
    if lessons[latest].state.touched_at is None:
        latest = 0
    around = [*lessons[latest:], *lessons[:latest]]
    return next((lesson for lesson in around if not lesson.state.done), None)


def standing_from_menu(module: Module, states: Mapping[int, State]) -> ModuleStanding:
    """Return a module as its menu was stored when it was loaded, with the states that are known. No query."""
    lessons = tuple(
        LessonStanding(
            pk=entry["id"],
            title=entry["title"],
            label=entry["label"],
            path=entry["path"],
            number=entry["number"],
            key_concept=entry["key_concept"],
            minutes=entry["minutes"],
            state=states.get(entry["id"]) or State(questions=entry["questions"]),
        )
        for entry in module.menu
    )
    return ModuleStanding(module.pk, module.title, module.path, lessons)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next in a module."""

    lesson: LessonStanding
    """The lesson to go on with; the first when all are done."""

    tally: Tally
    minutes_left: int

    @property
    def begins(self) -> bool:
        """Whether nothing in this module was touched yet."""
        return self.tally.done == 0 and not self.lesson.state.started


def next_step_in(module: ModuleStanding) -> NextStep | None:
    """Return the next step in a module; None where it has no lessons."""
    if not module.lessons:
        return None
    return NextStep(
        lesson=next_lesson([module]) or module.lessons[0],
        tally=module.tally,
        minutes_left=sum(lesson.minutes for lesson in module.lessons if not lesson.state.done),
    )
