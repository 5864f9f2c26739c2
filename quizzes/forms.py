"""What a sent form answers: read against the wording and the shuffle that were shown."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import BadRequest
from django.utils.translation import gettext as _

from quizzes.content import Body, ChoiceBody, NumericBody, ShortBody, TrueFalseBody, shuffled
from quizzes.grading import Response, is_unit_right
from quizzes.numbers import MAX_LENGTH, parse_number

FIELD = "answer"
"""The name of a form's inputs. An option's value is its place in the shuffle of this very form."""

TOKEN_FIELD = "token"  # noqa: S105
"""The hidden field. Not called ``form``: an input of that name hides a property that scripts need."""

MAX_TEXT_LENGTH = 200
"""Characters of a typed answer."""

TRUTHS = {"true": True, "false": False}


class UnclearResponse(Exception):
    """The form is not answered, or not so that it can be graded; the text tells what is missing."""


def read_response(body: Body, seed: int, values: Sequence[str]) -> Response:
    """Return what the sent values answer.

    Raises ``UnclearResponse`` for what a person may send by mistake, and ``BadRequest`` for what no form of
    ours can send.
    """
    match body:
        case ChoiceBody():
            return _read_options(body, seed, values)
        case TrueFalseBody():
            if not values:
                raise UnclearResponse(_("Choose true or false."))
            if len(values) > 1 or values[0] not in TRUTHS:
                raise BadRequest("not a truth value")
            return Response(truth=TRUTHS[values[0]])
        case NumericBody():
            text = _read_text(values, _("Write a number."))
            _check_number(body, text)
            return Response(text=text)
        case ShortBody():
            return Response(text=_read_text(values, _("Write an answer.")))


def _read_options(body: ChoiceBody, seed: int, values: Sequence[str]) -> Response:
    if not values:
        raise UnclearResponse(_("Choose at least one answer.") if body.multi else _("Choose an answer."))
    options = shuffled(body.options, seed)
    places = {_place(value, len(options)) for value in values}
    if len(places) != len(values) or (len(places) > 1 and not body.multi):
        raise BadRequest("more options than the question takes")
    return Response(options=frozenset(options[place].id for place in places))


def _place(value: str, count: int) -> int:
    if not (value.isascii() and value.isdigit() and len(value) <= 3) or int(value) >= count:
        raise BadRequest("no such option")
    return int(value)


def _read_text(values: Sequence[str], missing: str) -> str:
    if len(values) > 1:
        raise BadRequest("more than one text")
    text = values[0].strip() if values else ""
    if "\0" in text:
        raise BadRequest("a NUL character")
    if not text:
        raise UnclearResponse(missing)
    if len(text) > MAX_TEXT_LENGTH:
        raise UnclearResponse(_("At most %(limit)d characters are read.") % {"limit": MAX_TEXT_LENGTH})
    return text


def _check_number(body: NumericBody, text: str) -> None:
    typed = parse_number(text) if len(text) <= MAX_LENGTH else None
    if typed is None:
        raise UnclearResponse(_("Write a number, such as 12.5 or 1,024."))
    if not is_unit_right(body, typed.unit):
        if body.unit:
            raise UnclearResponse(_("Write the number in %(unit)s.") % {"unit": body.unit})
        raise UnclearResponse(_("Write the number alone, without a unit."))
