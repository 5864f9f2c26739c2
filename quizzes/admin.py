"""Questions and attempts in the admin: looked at, never edited. Questions are edited in their files."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from quizzes.content import ChoiceBody, body_from_json
from quizzes.feedback import response_in_words, trusted
from quizzes.grading import Response
from quizzes.models import Answer, Attempt, Question, QuestionRevision, Quiz


class ReadOnlyMixin:
    """Nobody adds, changes or deletes here, superusers included: rows are a record, or made from files."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RevisionInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg]
    model = QuestionRevision
    fk_name = "question"
    fields = ("number", "created_at", "wording")
    readonly_fields = fields
    ordering = ("-number",)
    extra = 0
    verbose_name_plural = _("revisions, the newest first")

    @admin.display(description=_("wording"))
    def wording(self, revision: QuestionRevision) -> SafeString:
        return wording_of(revision)


def wording_of(revision: QuestionRevision) -> SafeString:
    """Return a revision as an instructor reads it: the prompt, and what is right or not, with reasons."""
    body = body_from_json(revision.body)
    options = body.options if isinstance(body, ChoiceBody) else ()
    context = {
        "body": body,
        "prompt": trusted(body.prompt),
        "explanation": trusted(body.explanation),
        "options": [(option.correct, trusted(option.html), trusted(option.reason)) for option in options],
        "reasons": [
            (name, trusted(getattr(body, name)))
            for name in ("reason", "reason_true", "reason_false")
            if hasattr(body, name)
        ],
        "mistakes": [(one.answer, trusted(one.reason)) for one in getattr(body, "mistakes", ())],
    }
    # Rendered by a template, which escapes whatever was not sanitized when it was loaded.
    return SafeString(render_to_string("quizzes/_wording.html", context))


@admin.register(Question)
class QuestionAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Questions with every wording they had. To change one, edit the source text that it stands in."""

    list_display = ("key", "lesson", "type", "kind", "position", "answers_count", "is_current")
    list_filter = (
        "type",
        "kind",
        ("retired_at", admin.EmptyFieldListFilter),
        ("quiz__lesson", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("quiz__lesson",)
    search_fields = ("key", "quiz__lesson__title")
    search_help_text = _("Id of the question, or title of the lesson.")
    ordering = ("quiz__lesson__path", "position")
    list_per_page = 50
    show_full_result_count = False
    fields = ("key", "lesson", "type", "kind", "place", "section", "concept_list", "retired_at")
    readonly_fields = fields
    inlines = (RevisionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        questions: QuerySet[Question] = super().get_queryset(request)
        return questions.annotate(answers_count=Count("answers", filter=Q(answers__try_number=1)))

    @admin.display(description=_("lesson"), ordering="quiz__lesson__path")
    def lesson(self, question: Question) -> str:
        return question.quiz.lesson.title

    @admin.display(description=_("first answers"), ordering="answers_count")
    def answers_count(self, question: Question) -> int:
        return int(getattr(question, "answers_count", 0))

    @admin.display(description=_("asked today"), boolean=True, ordering="retired_at")
    def is_current(self, question: Question) -> bool:
        return question.retired_at is None

    @admin.display(description=_("stands in"))
    def place(self, question: Question) -> str:
        return f"{question.source.path}:{question.line}" if question.source else ""

    @admin.display(description=_("concepts"))
    def concept_list(self, question: Question) -> str:
        return ", ".join(term.term for term in question.concepts.all())


class QuestionInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg]
    model = Question
    fk_name = "quiz"
    fields = ("position", "key", "type", "kind", "prompt", "retired_at")
    readonly_fields = fields
    ordering = ("retired_at", "position")
    extra = 0
    show_change_link = True

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        questions: QuerySet[Question] = super().get_queryset(request)
        return questions.select_related("revision")

    @admin.display(description=_("question"))
    def prompt(self, question: Question) -> str:
        return prompt_of(question.revision)


def prompt_of(revision: QuestionRevision | None) -> str:
    """Return the beginning of a wording as plain text."""
    if revision is None:
        return ""
    return Truncator(strip_tags(body_from_json(revision.body).prompt)).chars(140)


@admin.register(Quiz)
class QuizAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """The quiz of each lesson, with its questions in order."""

    list_display = ("lesson", "question_count", "pass_percent")
    list_select_related = ("lesson",)
    search_fields = ("lesson__title", "questions__key")
    search_help_text = _("Title of the lesson, or id of a question.")
    ordering = ("lesson__path",)
    show_full_result_count = False
    fields = ("lesson", "pass_percent", "source")
    readonly_fields = fields
    inlines = (QuestionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Quiz]:
        quizzes: QuerySet[Quiz] = super().get_queryset(request)
        return quizzes.annotate(
            question_count=Count("questions", filter=Q(questions__retired_at=None), distinct=True)
        )

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, quiz: Quiz) -> int:
        return int(getattr(quiz, "question_count", 0))


class AnswerInline(ReadOnlyMixin, admin.TabularInline):  # type: ignore[type-arg]
    model = Answer
    fields = ("question", "prompt", "answer", "points", "try_number", "revision_number", "answered_at")
    readonly_fields = fields
    ordering = ("answered_at", "pk")
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Answer]:
        answers: QuerySet[Answer] = super().get_queryset(request)
        return answers.select_related("question", "revision")

    @admin.display(description=_("asked"))
    def prompt(self, answer: Answer) -> str:
        return prompt_of(answer.revision)

    @admin.display(description=_("answered"))
    def answer(self, answer: Answer) -> SafeString:
        return response_in_words(body_from_json(answer.revision.body), Response.from_json(answer.response))

    @admin.display(description=_("revision"))
    def revision_number(self, answer: Answer) -> int:
        return answer.revision.number


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyMixin, admin.ModelAdmin):  # type: ignore[type-arg]
    """Who answered what, and when. A record: nothing here can be edited."""

    list_display = ("learner", "lesson", "score", "state", "started_at", "completed_at")
    list_filter = (
        "purpose",
        ("completed_at", admin.EmptyFieldListFilter),
        ("quiz__lesson", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("learner__user", "quiz__lesson")
    search_fields = ("learner__user__username", "quiz__lesson__title", "answers__question__key")
    search_help_text = _("User name, title of the lesson, or id of a question.")
    ordering = ("-started_at", "-pk")
    list_per_page = 50
    show_full_result_count = False
    fields = (
        *("learner", "lesson", "purpose", "state", "score", "points", "possible"),
        *("started_at", "completed_at", "closed_at", "merged_from"),
    )
    readonly_fields = fields
    inlines = (AnswerInline,)

    @admin.display(description=_("lesson"), ordering="quiz__lesson__path")
    def lesson(self, attempt: Attempt) -> str:
        return attempt.quiz.lesson.title

    @admin.display(description=_("score"))
    def score(self, attempt: Attempt) -> str:
        return "" if attempt.percent is None else f"{attempt.percent}%"

    @admin.display(description=_("state"))
    def state(self, attempt: Attempt) -> str:
        if attempt.completed_at:
            return str(_("complete"))
        return str(_("open") if attempt.is_open else _("set aside"))
