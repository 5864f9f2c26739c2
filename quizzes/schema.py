"""The YAML of questions: what an author may write, by type. One schema for quiz files and quiz fences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from django.utils.translation import gettext as _
from pydantic import AfterValidator, Field, field_validator

from catalog.yamlsource import Schema

MAX_OPTIONS = 12
MAX_QUESTIONS = 200
MAX_TEXT = 20_000
"""Characters of one prompt, option, reason or explanation."""

_ID = re.compile(r"[a-z0-9][a-z0-9._-]*", re.ASCII)


def _checked_id(value: str) -> str:
    if not _ID.fullmatch(value):
        message = _("'%(value)s' is no id; write small letters, digits, '.', '_' and '-'")
        raise ValueError(message % {"value": value[:60]})
    return value


Text = Annotated[str, Field(max_length=MAX_TEXT)]
Slug = Annotated[str, Field(max_length=120), AfterValidator(_checked_id)]


class OptionSpec(Schema):
    """One option as written."""

    text: Text
    reason: Text
    correct: bool = False
    id: Slug | None = None


class NumberMistakeSpec(Schema):
    """A wrong number that learners are known to reach."""

    answer: float
    reason: Text


class WordMistakeSpec(Schema):
    """A wrong word that learners are known to write."""

    answer: Text
    reason: Text


class QuestionSpec(Schema):
    """What every question has."""

    id: Slug
    kind: Literal["recall", "why", "predict", "choose", "apply"]
    concepts: tuple[str, ...] = ()
    section: str | None = None
    prompt: Text
    explanation: Text = ""

    @field_validator("concepts", mode="before")
    @classmethod
    def _list_as_tuple(cls, value: object) -> object:
        return tuple(value) if isinstance(value, list) else value


class ChoiceSpec(QuestionSpec):
    """Several options, one of them right."""

    type: Literal["choice"]
    options: list[OptionSpec]


class MultiSpec(QuestionSpec):
    """Several options, two or more of them right."""

    type: Literal["multi"]
    options: list[OptionSpec]


class TrueFalseSpec(QuestionSpec):
    """A statement that is true or false."""

    type: Literal["truefalse"]
    answer: bool
    reason_true: Text
    reason_false: Text


class NumericSpec(QuestionSpec):
    """A number, with the tolerance within which it is right."""

    type: Literal["numeric"]
    answer: float
    tolerance: object = 0  # a number, or a percentage as text: read in quizzes.source
    unit: Annotated[str, Field(max_length=40)] = ""
    reason: Text
    mistakes: list[NumberMistakeSpec] = []


class ShortSpec(QuestionSpec):
    """A few words."""

    type: Literal["short"]
    accepted: list[Text]
    reason: Text
    mistakes: list[WordMistakeSpec] = []


AnySpec = ChoiceSpec | MultiSpec | TrueFalseSpec | NumericSpec | ShortSpec

SPECS: Mapping[str, type[QuestionSpec]] = {
    get_args(spec.model_fields["type"].annotation)[0]: spec for spec in get_args(AnySpec)
}
"""What may be written for a question of each type."""


def _not_empty(value: list[AnySpec]) -> list[AnySpec]:
    if not value:
        raise ValueError(_("no question"))
    return value


class QuizSpec(Schema):
    """One quiz file, or one fence."""

    questions: Annotated[
        list[Annotated[AnySpec, Field(discriminator="type")]],
        Field(max_length=MAX_QUESTIONS),
        AfterValidator(_not_empty),
    ]
