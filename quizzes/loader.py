"""Writes the questions of a track. Only what differs is written, and nothing that learners did is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.problems import ContentError, Problem
from lessons.models import GlossaryTerm, Lesson, SourceFile, Track
from quizzes.content import Body, body_as_json, body_from_json, body_hash
from quizzes.models import Question, QuestionRevision, Quiz
from quizzes.options import with_option_ids
from quizzes.pairing import pair
from quizzes.services import complete_settled
from quizzes.signals import asked_changed
from quizzes.source import QuestionSource


@dataclass(frozen=True, slots=True)
class QuestionContent:
    """One question as it should be: where it stands, and its rendered body (options without ids)."""

    source: QuestionSource
    body: Body


@dataclass(frozen=True, slots=True)
class QuizContent:
    """The quiz of one lesson as it should be, its questions in order."""

    lesson_key: str
    questions: Sequence[QuestionContent]
    pass_percent: int = 80


@dataclass(slots=True)
class Report:
    """What a load did to questions; keys of those it touched, by kind."""

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    unchanged: int = 0

    @property
    def changes(self) -> int:
        """How many questions were written."""
        return len(self.created) + len(self.updated) + len(self.retired) + len(self.restored)


def load_quizzes(track: Track, quizzes: Iterable[QuizContent]) -> Report:
    """Make the questions of a track be what its files say; call inside a transaction, after the lessons.

    Questions are known by their key in the track, so one that moves to another lesson keeps its history. A
    new wording is a new revision; a question that left is retired, and restored when it comes back. A
    question whose key is made of its text takes a new key along when its text is edited. Raises
    ``ContentError``, before anything is written, when a key has changed its type.
    """
    return _Loader(track, list(quizzes)).load()


class _Loader:
    def __init__(self, track: Track, quizzes: list[QuizContent]) -> None:
        self.track = track
        self.wanted = quizzes
        self.report = Report()
        self.now: datetime = timezone.now()
        self.lessons = {lesson.key: lesson for lesson in Lesson.objects.filter(track=track).only("key")}
        self.quizzes = {quiz.lesson_id: quiz for quiz in Quiz.objects.filter(lesson__track=track)}
        stored = (
            Question.objects.filter(track=track)
            .select_related("revision", "quiz")
            .prefetch_related("concepts")
        )
        self.stored = {question.key: question for question in stored}

    def load(self) -> Report:
        contents = [content for quiz in self.wanted for content in quiz.questions]
        if problems := list(self._changed_types(contents)):
            raise ContentError(problems)
        self._find_again()
        self._look_up(contents)
        for wanted in self.wanted:
            self._load_quiz(wanted)
        keys = {content.source.key for content in contents}
        for question in self.stored.values():
            if question.key not in keys and question.retired_at is None:
                self._retire(question)
        self._settle()
        return self.report

    def _settle(self) -> None:
        """Note what each quiz asks now; complete attempts that waited only for what it asks no more."""
        for quiz in self.quizzes.values():
            if quiz.keep_asked():
                complete_settled(quiz)
                asked_changed.send(sender=Quiz, quiz=quiz)

    def _changed_types(self, contents: Iterable[QuestionContent]) -> Iterable[Problem]:
        for content in contents:
            stored = self.stored.get(content.source.key)
            if stored and stored.type != content.body.type:
                message = _("'%(key)s' was of type '%(type)s'") % {"key": stored.key, "type": stored.type}
                remedy = _("Learners' answers hang on the id: give the new question a new one.")
                yield content.source.problem("type-changed", message, remedy, "type")

    def _find_again(self) -> None:
        """File stored questions under the keys that their edited texts have now."""
        keys = {content.source.key for quiz in self.wanted for content in quiz.questions}
        new = [
            (content.source.key, self.lessons[quiz.lesson_key].pk, content.body)
            for quiz in self.wanted
            for content in quiz.questions
            if content.source.is_derived and content.source.key not in self.stored
        ]
        left = [question for key, question in self.stored.items() if key not in keys]
        for key, question in pair(new, left).items():
            del self.stored[question.key]
            self.stored[key] = question

    def _look_up(self, contents: Sequence[QuestionContent]) -> None:
        """Fetch the source files and glossary terms that the questions point at."""
        paths = {content.source.path for content in contents}
        self.sources = dict(SourceFile.objects.filter(path__in=paths).values_list("path", "pk"))
        slugs = {concept for content in contents for concept in content.source.spec.concepts}
        self.terms = dict(GlossaryTerm.objects.filter(slug__in=slugs).values_list("slug", "pk"))

    def _load_quiz(self, wanted: QuizContent) -> None:
        lesson = self.lessons[wanted.lesson_key]
        quiz = self.quizzes.get(lesson.pk)
        if quiz is None and not wanted.questions:
            return
        if quiz is None:
            quiz = self.quizzes[lesson.pk] = Quiz(lesson=lesson)
        source_id = next((self.sources.get(content.source.path) for content in wanted.questions), None)
        if _set(quiz, source_id=source_id, pass_percent=wanted.pass_percent) or quiz._state.adding:
            quiz.save()
        for position, content in enumerate(wanted.questions):
            self._load_question(quiz, position, content)

    def _load_question(self, quiz: Quiz, position: int, content: QuestionContent) -> None:
        key = content.source.key
        stored = self.stored.get(key)
        question = stored or Question(
            track=self.track, key=key, type=content.body.type, quiz=quiz, position=0
        )
        was_retired = question.retired_at is not None
        changed = _set(
            question,
            key=key,
            quiz_id=quiz.pk,
            position=position,
            kind=content.source.spec.kind,
            section=content.source.section,
            source_id=self.sources.get(content.source.path),
            line=content.source.line,
            retired_at=None,
        )
        if question._state.adding:
            question.save()
        revised = self._revise(question, content.body)
        if changed or revised:
            question.save()
        recast = self._set_concepts(question, content.source.spec.concepts)
        if stored is None:
            self.report.created.append(key)
        elif was_retired:
            self.report.restored.append(key)
        elif revised or recast or changed - _PLACE:
            self.report.updated.append(key)
        else:
            self.report.unchanged += 1

    def _revise(self, question: Question, body: Body) -> bool:
        """Give the question a new revision when its wording or key differs from the stored one."""
        earlier = question.revision
        complete = body_as_json(with_option_ids(body, body_from_json(earlier.body) if earlier else None))
        digest = body_hash(complete)
        if earlier and earlier.body_hash == digest:
            return False
        question.revision = QuestionRevision.objects.create(
            question=question, number=earlier.number + 1 if earlier else 1, body=complete, body_hash=digest
        )
        return True

    def _set_concepts(self, question: Question, slugs: Iterable[str]) -> bool:
        wanted = {self.terms[slug] for slug in slugs if slug in self.terms}
        if {term.pk for term in question.concepts.all()} == wanted:
            return False
        question.concepts.set(wanted)
        return True

    def _retire(self, question: Question) -> None:
        question.retired_at = self.now
        question.save(update_fields=["retired_at"])
        self.report.retired.append(question.key)


_PLACE = {"line", "source_id", "key"}
"""Fields whose change alone is written but not reported: lines move, files and lessons are renamed."""


def _set(row: Any, **values: object) -> set[str]:
    """Set fields of a row and return the names of those that differed."""
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    return changed
