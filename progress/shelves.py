"""What the first page shows of each course: named, and never more than fits on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from progress.overview import CourseStanding, LessonStanding, ModuleStanding

MAX_COURSES = 4
MAX_MODULES = 8
MAX_LESSONS = 12


@dataclass(frozen=True, slots=True)
class Shelf:
    """One course on the first page: its modules, and the lessons of the one that is open, if one is."""

    course: CourseStanding
    modules: tuple[ModuleStanding, ...]
    open: ModuleStanding | None = None
    lessons: tuple[LessonStanding, ...] = ()

    @property
    def more_modules(self) -> bool:
        """Whether the course has modules that are not shown."""
        return len(self.course.modules) > len(self.modules) + (self.open is not None)

    @property
    def more_lessons(self) -> bool:
        """Whether the open module has lessons that are not shown."""
        return self.open is not None and len(self.open.lessons) > len(self.lessons)


def new_shelf(course: CourseStanding) -> Shelf:
    """Return a course as somebody new sees it: its modules, or the lessons of the only one."""
    if len(course.modules) > 1:
        return Shelf(course, course.modules[:MAX_MODULES])
    module = course.modules[0]
    return Shelf(course, (), module, module.lessons[:MAX_LESSONS])


def own_shelf(course: CourseStanding, following: LessonStanding | None) -> Shelf:
    """Return a course as its learner sees it: the module they are in is open, around the next lesson.

    Without a lesson to go on with, the last module is: all is done.
    """
    at = len(course.modules) - 1
    if following is not None:
        at = next((at for at, each in enumerate(course.modules) if following in each.lessons), at)
    module = course.modules[at]
    place = module.lessons.index(following) if following in module.lessons else 0
    shown = range(len(course.modules))[_window(len(course.modules), at, MAX_MODULES + 1)]
    others = tuple(course.modules[each] for each in shown if each != at)
    lessons = module.lessons[_window(len(module.lessons), place, MAX_LESSONS)]
    return Shelf(course, others, module, lessons)


def current_course(
    courses: Sequence[CourseStanding], following: LessonStanding | None
) -> CourseStanding | None:
    """Return the course to go on with: that of the lesson, else the last; None when there is none."""
    found = next((each for each in courses if following in each.lessons), None)
    return found or (courses[-1] if courses else None)


def other_courses(courses: Sequence[CourseStanding], current: CourseStanding | None) -> list[CourseStanding]:
    """Return the other courses, those that were begun first."""
    others = [each for each in courses if each is not current]
    return sorted(others, key=lambda each: not any(lesson.state.started for lesson in each.lessons))


def _window(length: int, at: int, size: int) -> slice:
    """Return ``size`` places of ``length`` that begin one before ``at``, as far as there are as many."""
    start = max(0, min(at - 1, length - size))
    return slice(start, start + size)
