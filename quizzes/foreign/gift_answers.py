"""What stands between the braces of a GIFT question: its answers, and by them its type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from catalog.yamlsource import Position
from quizzes.foreign.drafts import Draft
from quizzes.foreign.gift_text import SPACES, Piece, find, formatted

_TRUTH = re.compile(r"\s*(?P<word>T|TRUE|F|FALSE)\s*(?=#|\Z)", re.IGNORECASE)
_WEIGHT = re.compile(r"\s*%(?P<weight>-?[0-9]{1,3}(?:\.[0-9]{1,10})?)%")
_NUMBER = r"[-+]?(?:[0-9]{1,400}(?:\.[0-9]{0,400})?|\.[0-9]{1,400})(?:[eE][-+]?[0-9]{1,3})?"
_RANGE = re.compile(rf"\s*(?P<low>{_NUMBER})\s*\.\.\s*(?P<high>{_NUMBER})\s*\Z")
_AROUND = re.compile(rf"\s*(?P<answer>{_NUMBER})\s*(?::\s*(?P<tolerance>{_NUMBER})\s*)?\Z")
_SIGN = re.compile(r"\\.|[=~]", re.DOTALL)
_FULL = 100

MAX_ANSWERS = 100
"""Answers of one question that are looked at; a question may have fewer still."""


class GiftError(ValueError):
    """A question that cannot be read, or is none of ours; ``place`` says where, ``code`` why."""

    def __init__(self, place: Position, code: str, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.code = code


@dataclass(slots=True)
class _Answer:
    """One answer: ``sign`` is ``=`` or ``~``, ``weight`` in percent if there is one."""

    sign: str
    text: Piece
    feedback: str = ""
    weight: Decimal | None = None

    @property
    def is_right(self) -> bool:
        return self.weight > 0 if self.weight is not None else self.sign == "="


def read_answers(piece: Piece, draft: Draft, is_short: bool) -> None:
    """Read the answers into a draft. ``is_short`` says that equal signs before all are short answers."""
    end = find(piece.text, "####")
    if end >= 0:
        explanation = formatted(piece.text[end + 4 :])
        if explanation:
            draft.raw["explanation"] = explanation
            draft.places["explanation",] = piece.part(end + 4).stripped().place
        piece = piece.part(0, end)
    draft.places["options",] = draft.places["type",] = piece.stripped().place
    if not piece.text.strip(SPACES):
        raise GiftError(draft.place, "gift-essay", _("an essay is graded by people"))
    if truth := _TRUTH.match(piece.text):
        _read_truth(truth, piece, draft)
    elif piece.text.lstrip().startswith("#"):
        _read_number(piece.part(piece.text.index("#") + 1), draft)
    else:
        _read_words(_answers(piece), draft, is_short)


def _answers(piece: Piece) -> list[_Answer]:
    """Cut a piece at the signs that begin answers."""
    starts = [match.start() for match in _SIGN.finditer(piece.text) if len(match[0]) == 1]
    if len(starts) > MAX_ANSWERS:
        message = _("%(count)d answers, at most %(limit)d are read") % {
            "count": len(starts),
            "limit": MAX_ANSWERS,
        }
        raise GiftError(piece.stripped().place, "too-many-options", message)
    if not starts or piece.text[: starts[0]].strip(SPACES):
        raise GiftError(piece.stripped().place, "gift-answer", _("an answer begins with = or ~"))
    ends = [*starts[1:], len(piece.text)]
    return [
        _answer(piece.text[start], piece.part(start + 1, end))
        for start, end in zip(starts, ends, strict=True)
    ]


def _answer(sign: str, piece: Piece) -> _Answer:
    weight = _WEIGHT.match(piece.text)
    if weight:
        piece = piece.part(weight.end())
    cut = find(piece.text, "#")
    feedback = formatted(piece.text[cut + 1 :]) if cut >= 0 else ""
    text = piece.part(0, cut) if cut >= 0 else piece
    return _Answer(sign, text, feedback, Decimal(weight["weight"]) if weight else None)


def _read_truth(truth: re.Match[str], piece: Piece, draft: Draft) -> None:
    is_true = truth["word"].upper().startswith("T")
    rest = piece.text[truth.end() :]
    # The first comment is for the wrong answer, the second for the right one.
    comments = ["", ""]
    if rest.startswith("#"):
        cut = find(rest, "#", 1)
        comments = [rest[1 : cut if cut >= 0 else None], rest[cut + 1 :] if cut >= 0 else ""]
    wrong, right = (formatted(comment) for comment in comments)
    draft.raw |= {"type": "truefalse", "answer": is_true}
    draft.raw |= {"reason_true": right if is_true else wrong, "reason_false": wrong if is_true else right}


def _read_number(piece: Piece, draft: Draft) -> None:
    if find(piece.text, "=") >= 0 or find(piece.text, "~") >= 0:
        answers = _answers(piece)
    else:
        answers = [_answer("=", piece)]
    raw = draft.raw
    raw |= {"type": "numeric", "mistakes": []}
    for answer in answers:
        if answer.sign == "~" and not answer.text.text.strip(SPACES):
            if answer.feedback:  # for every other number
                raw.setdefault("explanation", answer.feedback)
            continue
        value, tolerance = _number(answer.text)
        if "answer" not in raw and answer.is_right and (answer.weight or _FULL) >= _FULL:
            raw |= {"answer": float(value), "tolerance": float(tolerance), "reason": answer.feedback}
        else:
            draft.places["mistakes", len(raw["mistakes"]), "answer"] = answer.text.stripped().place
            raw["mistakes"].append({"answer": float(value), "reason": answer.feedback})
    if "answer" not in raw:
        raise GiftError(piece.stripped().place, "gift-answer", _("no number is right"))


def _number(piece: Piece) -> tuple[Decimal, Decimal]:
    """Return a number and its tolerance."""
    if match := _RANGE.match(piece.text):
        low, high = Decimal(match["low"]), Decimal(match["high"])
        return (low + high) / 2, abs(high - low) / 2
    if match := _AROUND.match(piece.text):
        value = Decimal(match["answer"])
        tolerance = abs(Decimal(match["tolerance"] or 0))
        if abs(float(value)) != float("inf") and float(tolerance) != float("inf"):
            return value, tolerance
    message = _("'%(text)s' is no number") % {"text": piece.text.strip()[:40]}
    raise GiftError(piece.stripped().place, "gift-number", message)


def _read_words(answers: list[_Answer], draft: Draft, is_short: bool) -> None:
    if all(answer.sign == "=" for answer in answers):
        pairs = [find(answer.text.text, "->") >= 0 for answer in answers]
        if all(pairs) and not is_short:
            raise GiftError(draft.place, "gift-matching", _("pairs to be matched are not read"))
        _read_short(answers, draft)
        return
    options: list[dict[str, Any]] = []
    for number, answer in enumerate(answers):
        draft.places["options", number] = answer.text.stripped().place
        draft.places["options", number, "text"] = answer.text.stripped().place
        option = {"text": formatted(answer.text.text), "correct": answer.is_right, "reason": answer.feedback}
        options.append(option)
    draft.raw["options"] = options


def _read_short(answers: list[_Answer], draft: Draft) -> None:
    raw = draft.raw
    raw |= {"type": "short", "accepted": [], "mistakes": []}
    draft.places["accepted",] = draft.places["options",]
    for answer in answers:
        text = formatted(answer.text.text)
        if answer.weight is None or answer.weight >= _FULL:
            draft.places["accepted", len(raw["accepted"])] = answer.text.stripped().place
            raw["accepted"].append(text)
            if not raw.get("reason"):
                raw["reason"] = answer.feedback
        else:
            draft.places["mistakes", len(raw["mistakes"]), "answer"] = answer.text.stripped().place
            raw["mistakes"].append({"answer": text, "reason": answer.feedback})
