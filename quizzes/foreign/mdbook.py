"""Quizzes of mdbook-quiz: TOML files that a page names with ``{{#quiz path}}``.

``MultipleChoice`` and ``ShortAnswer`` are ours by other names. ``Tracing`` shows a program: one that runs is
asked for what it prints, one that does not compile becomes a statement that is false.
"""

from __future__ import annotations

import posixpath
import re
import tomllib
from typing import Any

from django.utils.translation import gettext as _

from catalog.problems import Problem
from catalog.yamlsource import DataPath, Position
from quizzes.foreign.drafts import Draft, Origin, as_questions
from quizzes.foreign.tomlplaces import places_in
from quizzes.missing_ids import slug_of
from quizzes.schema import MAX_QUESTIONS
from quizzes.source import QuestionSource

MAX_CHARACTERS = 256 * 1024
"""How large a quiz may be: the parser takes seconds for a text of megabytes."""

_LONG_KEY = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){64}")
_NAMED = re.compile(r"\{\{\s*#quiz\s+(?P<path>[^{}\s]+)\s*\}\}")
_WHERE = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,119}", re.ASCII)


def named_quizzes(page: str, folder: str) -> list[str]:
    """Return the content paths of the quizzes that a page names; ``folder`` is the page's, with its ``/``.

    Only TOML: such a file is never served, as another that the page names, keys and all, might be.
    """
    paths = (quiz_path(match["path"], folder) for match in _NAMED.finditer(page))
    return list(dict.fromkeys(path for path in paths if path.endswith(".toml")))


def quiz_path(name: str, folder: str) -> str:
    """Return the content path that a page in a folder means by a name; it may lead to nothing."""
    return posixpath.normpath(posixpath.join(folder, name))


def read_quiz(origin: Origin) -> tuple[list[QuestionSource], list[Problem]]:
    """Return the questions of one TOML file, whose text ``origin`` holds."""
    if refusal := _too_much(origin):
        return [], [refusal]
    try:
        data = tomllib.loads(origin.text)
    except (ValueError, RecursionError) as error:  # a number of thousands of digits is no TOML error
        return [], [_broken(error, origin)]
    raw = data.get("questions")
    if not isinstance(raw, list) or not raw:
        message = _("no [[questions]] in this quiz")
        return [], [origin.warning(Position(1, 1), "empty-quiz", message)]
    parts = data.get("multipart")
    places = places_in(origin.text)
    drafts: list[Draft] = []
    problems: list[Problem] = []
    for index, question in enumerate(raw[: MAX_QUESTIONS + 1]):
        reader = _Reader(index, question if isinstance(question, dict) else {}, places)
        draft = reader.draft(parts if isinstance(parts, dict) else {})
        if draft is None:
            message = _("a question of type '%(type)s' is not read") % {"type": reader.type}
            remedy = _("Read are MultipleChoice, ShortAnswer and Tracing; this one is skipped.")
            problems.append(origin.warning(reader.place("type"), "question-type", message, remedy))
        else:
            drafts.append(draft)
    questions, found = as_questions(drafts, origin)
    return questions, [*problems, *found]


def _too_much(origin: Origin) -> Problem | None:
    """Return why a text is not even parsed: its size, or a key that would take the parser very long."""
    remedy = _("The quiz is skipped.")
    if len(origin.text) > MAX_CHARACTERS:
        message = _("larger than %(limit)d KiB") % {"limit": MAX_CHARACTERS // 1024}
        return origin.warning(Position(1, 1), "too-large", message, remedy)
    if long := _LONG_KEY.search(origin.text):
        line = origin.text.count("\n", 0, long.start()) + 1
        return origin.warning(Position(line, 1), "broken-toml", _("a key of very many parts"), remedy)
    return None


def _broken(error: Exception, origin: Origin) -> Problem:
    remedy = _("The quiz is skipped.")
    if isinstance(error, RecursionError):
        return origin.warning(Position(1, 1), "broken-toml", _("lists are nested too deep"), remedy)
    where = _WHERE.search(str(error))
    lines = origin.text.rstrip("\n").split("\n")
    place = Position(len(lines), len(lines[-1]) + 1)
    if where and where["line"]:
        place = Position(int(where["line"]), int(where["column"]))
    why = _WHERE.sub("", str(error)).strip()
    return origin.warning(place, "broken-toml", _("broken TOML: %(why)s") % {"why": why}, remedy)


class _Reader:
    """One entry of ``[[questions]]``."""

    def __init__(self, index: int, data: dict[str, Any], places: dict[DataPath, Position]) -> None:
        self.data = data
        self.places = places
        self.path: DataPath = ("questions", index)
        self.type = str(data.get("type", ""))[:40]

    def place(self, *path: str | int) -> Position:
        whole = (*self.path, *path)
        for end in range(len(whole), 0, -1):
            if found := self.places.get(whole[:end]):
                return found
        return Position(1, 1)

    def get(self, *path: str) -> Any:
        value: Any = self.data
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def draft(self, parts: dict[str, Any]) -> Draft | None:
        draft = Draft(self.place(), {})
        match self.type:
            case "MultipleChoice":
                self._choice(draft)
            case "ShortAnswer":
                self._short(draft)
            case "Tracing":
                self._tracing(draft)
            case _:
                return None
        shared = parts.get(str(self.get("multipart")))
        if isinstance(shared, str) and isinstance(draft.raw.get("prompt"), str):
            draft.raw["prompt"] = f"{shared.strip()}\n\n{draft.raw['prompt'].lstrip()}"
        self._explain(draft)
        own = self.get("id")
        if isinstance(own, str) and own.strip():
            key = own.strip().lower()
            draft.raw["id"] = key if _ID.fullmatch(key) else slug_of(own) or "question"
            draft.places["id",] = self.place("id")
        return draft

    def _take(self, draft: Draft, ours: DataPath, theirs: tuple[str, ...]) -> None:
        value = self.get(*theirs)
        if value is not None:
            draft.raw[str(ours[0])] = value.strip("\n") if isinstance(value, str) else value
        draft.places[ours] = self.place(*theirs)

    def _choice(self, draft: Draft) -> None:
        self._take(draft, ("prompt",), ("prompt", "prompt"))
        answer, wrong = self.get("answer", "answer"), self.get("prompt", "distractors")
        right = answer if isinstance(answer, list) else [] if answer is None else [answer]
        wrong = wrong if isinstance(wrong, list) else []
        options = [{"text": _text(text), "correct": True} for text in right]
        options += [{"text": _text(text)} for text in wrong]
        draft.raw["options"] = options
        draft.places["options",] = self.place("answer", "answer")
        for number in range(len(options)):
            own = number - len(right)
            draft.places["options", number, "text"] = (
                self.place("prompt", "distractors", own)
                if own >= 0
                else self.place("answer", "answer", number)
            )

    def _short(self, draft: Draft) -> None:
        draft.raw["type"] = "short"
        self._take(draft, ("prompt",), ("prompt", "prompt"))
        answer, more = self.get("answer", "answer"), self.get("answer", "alternatives")
        draft.raw["accepted"] = [] if answer is None else [_text(answer)]
        draft.raw["accepted"] += [_text(each) for each in more] if isinstance(more, list) else []
        draft.places["accepted",] = self.place("answer", "answer")

    def _tracing(self, draft: Draft) -> None:
        program, printed = self.get("prompt", "program"), self.get("answer", "stdout")
        compiles = self.get("answer", "doesCompile")
        draft.places["prompt",] = self.place("prompt", "program")
        draft.places["type",] = self.place("type")
        if compiles is True and isinstance(printed, str):
            asked = _("What does this program print? Put a space where a new line begins.")
            draft.raw |= {"type": "short", "accepted": [printed.strip("\n")]}
            draft.places["accepted",] = self.place("answer", "stdout")
        else:
            asked = _("This program compiles.")
            draft.raw |= {"type": "truefalse"} | ({"answer": compiles} if compiles is not None else {})
            draft.places["answer",] = self.place("answer", "doesCompile")
        if isinstance(program, str):
            code = program.strip("\n")
            ticks = "`" * max(3, *(len(run) + 1 for run in re.findall("`+", code)), 3)
            draft.raw["prompt"] = f"{asked}\n\n{ticks}rust\n{code}\n{ticks}"

    def _explain(self, draft: Draft) -> None:
        context, line = self.get("context"), self.get("answer", "lineNumber")
        words = [context.strip("\n")] if isinstance(context, str) and context.strip() else []
        if draft.raw.get("answer") is False and isinstance(line, int) and self.type == "Tracing":
            words.insert(0, _("The compiler stops at line %(line)d.") % {"line": line})
        if words:
            draft.raw["explanation"] = "\n\n".join(words)
            draft.places["explanation",] = self.place("context")


def _text(value: object) -> object:
    """Return a value as text where it plainly is one; a wrong type is left to the schema."""
    if isinstance(value, str):
        return value.strip("\n")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value
