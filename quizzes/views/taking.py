"""Taking a quiz: whole pages without script, the same questions in place with htmx."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from quizzes.models import Question
from quizzes.results import Result, mark_invited, result_of
from quizzes.sheets import Sheet, element_id, form_sheet, quiz_url, sheet_for
from quizzes.state import QuizState, load_state
from quizzes.tokens import MAX_SEED
from quizzes.views.access import learner_of, quiz_at, target_id
from quizzes.views.answering import Reply, receive_answer

MAX_SLOT_QUESTIONS = 50


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@vary_on_headers("HX-Request", "HX-Target")
def take_quiz(request: HttpRequest, path: str) -> HttpResponse:
    """Show one question (``q``), or a slot's questions to htmx (``slot``, repeated); take an answer.

    ``retry`` asks a question once more, ``again`` begins another go after a complete one, ``seed`` and
    ``answer`` fill a form in as it was sent before.
    """
    if request.method == "POST":
        return _answer(request, path)
    quiz = quiz_at(request, path)
    if isinstance(quiz, HttpResponse):
        return quiz
    state = load_state(quiz, learner_of(request), begin_again="again" in request.GET)
    keys = request.GET.getlist("slot")[:MAX_SLOT_QUESTIONS]
    if keys and target_id(request).startswith("questions-"):
        return _slot(request, state, keys)
    return _question(request, state, request.GET.get("q") or (keys[0] if keys else None))


def _question(request: HttpRequest, state: QuizState, key: str | None) -> HttpResponse:
    """Show the question asked for, or the next unanswered one."""
    question = state.find(key) if key else state.next_question()
    if question is None and key is None and state.attempt is not None:
        return HttpResponseRedirect(state.attempt.get_absolute_url())
    if question is None:
        raise Http404
    sheet = _sheet(request, state, question)
    result = result_of(request, state) if sheet.finishes else None
    return _show(request, state, sheet, result)


def _sheet(request: HttpRequest, state: QuizState, question: Question) -> Sheet:
    sheet = sheet_for(state, question, retry="retry" in request.GET)
    seed = request.GET.get("seed", "")
    if sheet.form and seed.isascii() and seed.isdigit() and len(seed) <= 16 and int(seed) < MAX_SEED:
        values = request.GET.getlist("answer")[:20]
        return form_sheet(state, question, seed=int(seed), values=[value[:200] for value in values])
    return sheet


def _slot(request: HttpRequest, state: QuizState, keys: list[str]) -> HttpResponse:
    """Show the questions of one place in a lesson; those that left meanwhile are left out."""
    questions = [question for key in dict.fromkeys(keys) if (question := state.find(key))]
    sheets = [sheet_for(state, question) for question in questions]
    holds_last = bool(state.questions) and state.questions[-1] in questions
    result = result_of(request, state) if state.is_complete and holds_last else None
    response = render(request, "quizzes/_slot.html", {"sheets": sheets, "result": result})
    return mark_invited(response, result)


def _answer(request: HttpRequest, path: str) -> HttpResponse:
    reply = receive_answer(request, path)
    if isinstance(reply, HttpResponse):
        return reply
    in_place = target_id(request) == element_id(reply.question)
    if reply.sheet.feedback and not in_place:
        return HttpResponseRedirect(reply.sheet.url)
    result = result_of(request, reply.state) if reply.sheet.finishes else None
    response = _show(request, reply.state, reply.sheet, result, reply)
    response.status_code = reply.status
    if reply.status == 429:
        response["Retry-After"] = "60"
    if reply.sheet.feedback:
        # Parts of the page that depend on answers, such as what is missing in the lesson, listen for it.
        response["HX-Trigger"] = '{"answered": {"target": "body"}}'
    return response


def _show(
    request: HttpRequest, state: QuizState, sheet: Sheet, result: Result | None, reply: Reply | None = None
) -> HttpResponse:
    """Show one question, as a page or in place."""
    in_place = target_id(request) == sheet.element_id
    current_path = request.htmx.current_url_abs_path if in_place else None  # type: ignore[attr-defined]
    context = {
        "state": state,
        "sheet": sheet,
        "result": result,
        "focus": True,
        "in_place": in_place,
        "on_quiz_page": not in_place or (current_path or "").startswith(quiz_url(state.quiz.lesson.path)),
        "said": _said(sheet) if reply else "",
    }
    template = "quizzes/_question.html" if in_place else "quizzes/take_quiz.html"
    return mark_invited(render(request, template, context), result)


def _said(sheet: Sheet) -> str:
    """Return what the status line says after an answer was sent."""
    if sheet.feedback:
        return sheet.feedback.summary
    if sheet.conflict:
        return sheet.conflict.message
    return sheet.form.error if sheet.form else _("Not stored")
