"""Where a learner stopped: the lesson, the heading, its first words, and how much is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Learner
from lessons.models import Section
from progress.overview import LessonStanding

EXCERPT_CHARACTERS = 220


@dataclass(frozen=True, slots=True)
class Resume:
    """The way back into a lesson."""

    lesson: LessonStanding
    title: str
    excerpt: str
    anchor: str
    sections_left: int
    minutes_left: int
    when: str
    """When the learner was last here, as part of a sentence; empty where nothing was read yet."""

    @property
    def url(self) -> str:
        """The lesson, at the heading."""
        return f"{self.lesson.url}#{self.anchor}" if self.anchor else self.lesson.url

    @property
    def left(self) -> str:
        """What is left to do, as a sentence."""
        parts = []
        if self.sections_left:
            words = ngettext("%(count)d section", "%(count)d sections", self.sections_left)
            parts.append(words % {"count": self.sections_left})
        if questions := self.lesson.state.left:
            words = ngettext("%(count)d question", "%(count)d questions", questions)
            parts.append(words % {"count": questions})
        if not parts:
            return ""
        what = _(" and ").join(parts)
        return _("%(what)s left, about %(minutes)d min") % {"what": what, "minutes": self.minutes_left}


def resume_at(learner: Learner, lesson: LessonStanding) -> Resume:
    """Return where to go on in a lesson. One query."""
    sections = list(Section.objects.filter(lesson=lesson.pk).order_by("position"))
    place = next(
        (place for place, each in enumerate(sections) if each.anchor == lesson.state.section and each.anchor),
        0,
    )
    here = sections[place] if sections else None
    rest = sections[place + 1 :] if lesson.state.section else sections
    letters = sum(len(each.text) for each in sections)
    unread = sum(len(each.text) for each in sections[place:])
    return Resume(
        lesson=lesson,
        title=_heading(lesson, sections, here) if here is not None and here.anchor else lesson.title,
        excerpt=_excerpt(here.text) if here is not None else "",
        anchor=here.anchor if here is not None else "",
        sections_left=sum(each.heading_level == 2 for each in rest),
        minutes_left=max(1, round(lesson.minutes * unread / letters)) if letters else lesson.minutes,
        when=_when(learner, lesson),
    )


def _heading(lesson: LessonStanding, sections: list[Section], here: Section) -> str:
    """Return a heading with its number, as the reader shows it: lessons number their second level."""
    if here.heading_level != 2 or not lesson.number:
        return here.title
    number = sum(each.heading_level == 2 for each in sections if each.position <= here.position)
    return f"{lesson.number}.{number} {here.title}"


def _excerpt(text: str) -> str:
    """Return the first sentences of a section, up to its first formula: stored text keeps those as typed."""
    words, _backslash, formula = " ".join(text.split()).partition("\\")
    short = shorten(words, EXCERPT_CHARACTERS, placeholder=" …")
    sentences = short[: short.rfind(". ") + 1]
    if short.endswith(" …") and len(sentences) > EXCERPT_CHARACTERS / 2:
        return sentences
    return f"{short} …" if formula and short == words.strip() else short


def _when(learner: Learner, lesson: LessonStanding) -> str:
    touched = lesson.state.touched_at
    if touched is None:
        return ""
    day, today = learner.day(touched), learner.day()
    return _day_in_words(day, (today - day).days)


def _day_in_words(day: date, days_ago: int) -> str:
    if days_ago <= 0:
        return _("today")
    if days_ago == 1:
        return _("yesterday")
    if days_ago < 7:
        return _("on %(weekday)s") % {"weekday": date_format(day, "l")}
    return _("on %(day)s") % {"day": date_format(day, "j F")}
