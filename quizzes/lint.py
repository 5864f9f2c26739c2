"""How questions are written: flaws that let learners guess, or answer wrongly though they know.

The rules read English; a text in another language is only measured. They warn and never refuse. A flaw
of a question in somebody else's format, which stays as it is, is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from catalog.problems import Problem, Severity
from quizzes.cues import plain_text
from quizzes.schema import ChoiceSpec, MultiSpec, OptionSpec, TrueFalseSpec
from quizzes.source import QuestionSource

LONGER_BY = 1.5
"""A right option this many times as long as every wrong one gives itself away."""

LONGER_CHARACTERS = 12
"""…unless the difference is no more than a word or two."""

LONGEST_READ = 4000
"""Characters of a text that are looked at: a limit on time, far above what a question needs."""

LINES_SEARCHED = 60
"""Lines in which a word of a prompt is looked for."""

WORDS_WITHOUT_QUESTION = 800
"""A lesson of this many words asks something."""

_OF_THE_ABOVE = re.compile(
    r"\b(?P<words>(?:all|none|any|both|neither|either|one|some|two|three)\s+of\s+"
    r"(?:the\s+)?(?:above|below|preceding|previous|following|other\s+(?:options|answers|choices)))\b"
    r"|\A(?P<whole>(?:all|none)\s+of\s+(?:these|them|those))[.!]?\Z",
    re.IGNORECASE,
)
_BY_PLACE = re.compile(
    r"\b(?i:(?:option|answer|choice)s?)\s+(?:[A-H]\b|[1-9]\b)"
    r"|\b(?i:(?:first|second|third|fourth|fifth|last|previous|next|above|below)\s+(?:option|answer|choice)s?)\b"
    r"|\A(?:(?i:both|only|either|neither|all but)\s+)?\(?[A-H]\)?(?:,\s*\(?[A-H]\)?)*,?\s*"
    r"(?:and|or|nor|&)\s*\(?[A-H]\)?(?:\s+(?:are\s+)?(?:right|correct|true))?[.]?\Z"
)

_VERBS = "is|are|was|were|do|does|did|can|could|would|should|will"
_NEGATION = rf"(?P<word>not|never|except|cannot|(?:{_VERBS}|wo)n['’]t)\b"
# Only the main clause counts: "Which model suits a card that does not hold 8 GB?" asks nothing negative.
_SUBORDINATE = "if|when|while|where|because|since|that|who|whose|so|although|unless|but"
_IN_CLAUSE = rf"(?:(?!\b(?:{_SUBORDINATE})\b)[^,;:.?!]){{0,200}}?"
_NEGATIVE_QUESTION = re.compile(
    rf"\b(?:which|who|whom|choose|select|pick|mark|tick|find)\b{_IN_CLAUSE}\b{_NEGATION}"
    rf"|\bwhat\s+(?:{_VERBS})\s+"
    rf"(?:[\w`-]+\s+){{0,4}}?{_NEGATION.replace('word', 'what')}"
    rf"|\b(?:all|any|each|every)\b{_IN_CLAUSE}\b(?P<except>except)\b",
    re.IGNORECASE,
)
_NEGATIVE_STATEMENT = re.compile(rf"(?:\A|[,;:.?!])\s*{_IN_CLAUSE}\b{_NEGATION}", re.IGNORECASE)
_EMPHASIZED = re.compile(
    r"(\*{1,3}|_{1,3})(?=\S)(?:(?!\1).){1,200}?(?<=\S)\1|<(em|strong|b|i|u|mark)>.{,200}?</\2>", re.DOTALL
)
_CODE = re.compile(r"(`+).*?\1|^(?:```|~~~).*?^(?:```|~~~)|^\s{4}.*?$", re.DOTALL | re.MULTILINE)


def lint_questions(questions: Iterable[QuestionSource]) -> list[Problem]:
    """Return every flaw in the writing of questions, in the order given; all are warnings or notes."""
    found = []
    for question in questions:
        severity = Severity.NOTE if question.is_foreign else Severity.WARNING
        found += [replace(flaw, severity=severity) for flaw in _flaws(question)]
    return found


@dataclass(frozen=True, slots=True)
class LessonLength:
    """How many words the text of a lesson has, and how many questions it asks; ``path`` is its page's."""

    path: str
    words: int
    questions: int


def lint_lengths(lessons: Sequence[LessonLength]) -> list[Problem]:
    """Return a warning for each long lesson of a course that asks nothing.

    A course without any question gets one, at its first lesson, that says how many such lessons it has.
    """
    silent = [one for one in lessons if not one.questions and one.words >= WORDS_WITHOUT_QUESTION]
    limit = {"limit": WORDS_WITHOUT_QUESTION}
    if len(silent) > 1 and not any(one.questions for one in lessons):
        message = _("a course without a question; %(lessons)d of its lessons have %(limit)d words or more")
        remedy = _("Ask for what should be remembered, in quiz files or ```quiz fences.")
        counts = {"lessons": len(silent), **limit}
        return [_warning(lessons[0].path, "course-without-question", message % counts, remedy)]
    message = _("a lesson of %(limit)d words or more without a question") % limit
    remedy = _("It has %(words)d: ask for what should be remembered, in a quiz file or a ```quiz fence.")
    return [
        _warning(one.path, "lesson-without-question", message, remedy % {"words": one.words})
        for one in silent
    ]


def _warning(path: str, code: str, message: str, remedy: str) -> Problem:
    return Problem(path, 1, 1, code, message, remedy, Severity.WARNING)


def _flaws(question: QuestionSource) -> Iterator[Problem]:
    spec = question.spec
    if isinstance(spec, ChoiceSpec | MultiSpec):
        yield from _negative(question, _NEGATIVE_QUESTION)
        yield from _longest(question, spec.options)
        yield from _leaning_on_places(question, spec.options)
        yield from _alike(question, spec.options)
        if all(option.correct for option in spec.options):
            message = _("every option is right")
            remedy = _("Who ticks them all knows nothing by it: add a wrong one that people believe.")
            yield question.problem("item-all-right", message, remedy, "options")
    elif isinstance(spec, TrueFalseSpec):
        yield from _negative(question, _NEGATIVE_STATEMENT)


def _longest(question: QuestionSource, options: Sequence[OptionSpec]) -> Iterator[Problem]:
    right = [
        (len(plain_text(option.text)), number) for number, option in enumerate(options) if option.correct
    ]
    wrong = [len(plain_text(option.text)) for option in options if not option.correct]
    if not right or not wrong:
        return
    shortest, number = min(right)
    if shortest >= LONGER_BY * max(wrong) and shortest - max(wrong) > LONGER_CHARACTERS:
        if len(right) == 1:
            message = _("the right option is the longest by half")
        else:
            message = _("the right options are the longest by half")
        remedy = _(
            "It has %(right)d characters, the longest wrong one %(wrong)d: shorten it, or lengthen others."
        )
        lengths = {"right": shortest, "wrong": max(wrong)}
        yield question.problem("item-longest", message, remedy % lengths, "options", number, "text")


def _leaning_on_places(question: QuestionSource, options: Sequence[OptionSpec]) -> Iterator[Problem]:
    for number, option in enumerate(options):
        text = plain_text(_CODE.sub("", option.text[:LONGEST_READ]))
        place = ("options", number, "text")
        if match := _OF_THE_ABOVE.search(text):
            message = _("“%(words)s” as an option") % {"words": match["words"] or match["whole"]}
            remedy = _("Options are shuffled. Write 'type: multi', or an option that stands for itself.")
            yield question.problem("item-all-or-none", message, remedy, *place)
        elif match := _BY_PLACE.search(text):
            message = _("“%(words)s” counts on the order of the options") % {"words": match[0].strip()}
            remedy = _("Options are shuffled for every reader: say what is meant.")
            yield question.problem("item-position", message, remedy, *place)


def _negative(question: QuestionSource, pattern: re.Pattern[str]) -> Iterator[Problem]:
    text = _EMPHASIZED.sub("…", _CODE.sub("`…`", question.spec.prompt[:LONGEST_READ]))
    match = next((found for found in pattern.finditer(text)), None)
    if match is None:
        return
    word = next(value for value in match.groupdict().values() if value)
    if word.isupper():
        return
    message = _("“%(word)s” in a prompt is easily missed") % {"word": word}
    remedy = _("Write **%(word)s**, or ask for what is so.") % {"word": word.lower()}
    yield _at(question, question.problem("item-negative", message, remedy, "prompt"), word)


def _alike(question: QuestionSource, options: Sequence[OptionSpec]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, option in enumerate(options):
        if "`" in option.text:
            continue  # in code the case of a letter may be the very question
        text = plain_text(option.text).casefold().rstrip(".!").rstrip()
        first = seen.setdefault(text, number)
        if text and first != number:
            message = _("two options differ in letter case or a final sign only")
            remedy = _("Give every option a meaning of its own.")
            yield question.problem("item-alike", message, remedy, "options", number, "text")


def _at(question: QuestionSource, problem: Problem, word: str) -> Problem:
    """Return the problem at the word itself: in its line, or below where the text is a block of lines."""
    pattern = re.compile(rf"\b{re.escape(word)}\b")
    mapped = question.mapped
    lines = mapped.text.split("\n")
    start = problem.line - mapped.first_line
    for number in range(max(start, 0), min(start + LINES_SEARCHED, len(lines))):
        found = pattern.search(lines[number], problem.column - 1 if number == start else 0)
        if found:
            line, column = number + mapped.first_line, found.start() + 1
            return replace(problem, line=line, column=column, source_line=lines[number])
    return problem
