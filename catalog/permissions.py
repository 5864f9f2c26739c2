"""What a checkpoint's licenses allow, in one answer each: the strictest of all that bind it.

A checkpoint may be bound by more than its own license: weights distilled into Llama stay under Llama's terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalog.formats import compact
from catalog.models.licenses import LicenseAnswer

Question = LicenseAnswer.Question
Verdict = LicenseAnswer.Verdict

UNKNOWN = "unknown"
"""The value of whatever no source states, in facets and answers alike."""

PERMISSIONS = frozenset({Question.COMMERCIAL_USE, Question.OUTPUTS, Question.REDISTRIBUTION})
"""Questions whose *yes* is good news; the others ask whether a duty exists."""

_STRICTEST_PERMISSION = (Verdict.NO, Verdict.UNREAD, Verdict.SILENT, Verdict.CONDITIONAL, Verdict.YES)
_STRICTEST_DUTY = (Verdict.YES, Verdict.CONDITIONAL, Verdict.UNREAD, Verdict.SILENT, Verdict.NO)


class Term(NamedTuple):
    """One answer of a license: the verdict, users or US dollars where it is a limit, the place it excludes.

    ``images_only``: the place is excluded for checkpoints that read images and for no others.
    """

    verdict: str
    threshold: int | None = None
    place: str = ""
    images_only: bool = False


Terms = Mapping[str, Term]
"""Answers by question value. A question that is missing was not answered."""


@dataclass(frozen=True, slots=True)
class WorkAnswer:
    """Whether one may use it at work: ``value`` is yes, if, no or unknown; ``text`` says it in words.

    ``exception`` says who may not all the same, as a clause in lower case; mostly it is empty.
    """

    value: str
    text: str | Promise
    exception: str | Promise = ""

    def __str__(self) -> str:
        return f"{self.text}; {self.exception}" if self.exception else str(self.text)

    @property
    def icon(self) -> str:
        """Return the icon that stands beside the words."""
        return {"yes": "tick", "if": "half", "no": "cross"}.get(self.value, "info")


def terms_of(answers: Iterable[LicenseAnswer]) -> Terms:
    """Return the terms of one license from its answers."""
    return {
        answer.question: Term(answer.verdict, answer.threshold, answer.place, answer.images_only)
        for answer in answers
    }


def terms_by_license(answers: Iterable[LicenseAnswer]) -> dict[int, Terms]:
    """Return the terms of several licenses, by their key."""
    grouped: dict[int, list[LicenseAnswer]] = {}
    for answer in answers:
        grouped.setdefault(answer.license_id, []).append(answer)
    return {license_pk: terms_of(members) for license_pk, members in grouped.items()}


def for_checkpoint(terms: Terms, *, reads_images: bool) -> Terms:
    """Return the terms as they bind one checkpoint: what holds only where images are read is settled."""
    term = terms.get(Question.TERRITORY)
    if term is None or not term.images_only:
        return terms
    settled = Term(Verdict.YES, place=term.place) if reads_images else Term(Verdict.NO)
    return {**terms, Question.TERRITORY: settled}


def strictest(bundles: Iterable[Terms]) -> Terms:
    """Combine what several licenses say: per question the answer that binds most."""
    found: dict[str, Term] = {}
    for terms in bundles:
        for question, term in terms.items():
            if question not in found or _rank(question, term) < _rank(question, found[question]):
                found[question] = term
    return found


def _rank(question: str, term: Term) -> tuple[int, float]:
    """Return how much a term binds, least first; of two limits the lower one binds more."""
    order = _STRICTEST_PERMISSION if question in PERMISSIONS else _STRICTEST_DUTY
    limit = float("inf") if term.threshold is None else term.threshold
    return (order.index(Verdict(term.verdict)), limit)


def facet_value(question: str, terms: Terms) -> str:
    """Return the value of one license question as a facet shows it: unread and unanswered are unknown."""
    term = terms.get(question)
    return UNKNOWN if term is None or term.verdict == Verdict.UNREAD else term.verdict


def _limit(terms: Terms, question: str) -> int | None:
    """Return the number a limit is set at, or None when there is no limit or no number."""
    term = terms.get(question)
    if term is None or term.verdict not in (Verdict.YES, Verdict.CONDITIONAL):
        return None
    return term.threshold


def work_answer(terms: Terms) -> WorkAnswer:
    """Answer "May I use it at work?" from all the terms: *yes* only where nothing more than notices is asked.

    A cap on users or revenue, an acceptable-use policy, or a place without rights makes the answer
    conditional even where the text allows commercial use as such.
    """
    answer = _answer_anywhere(terms)
    exception = _exception(terms) if answer.value in ("yes", "if") else ""
    return replace(answer, value="if", exception=exception) if exception else answer


def _exception(terms: Terms) -> str | Promise:
    """Say who has no rights because of where they are; empty where the text excludes no place."""
    term = terms.get(Question.TERRITORY)
    if term is None or term.verdict not in (Verdict.YES, Verdict.CONDITIONAL):
        return ""
    if not term.place:
        return _("not in every place")
    if term.images_only:
        return _("if it reads images, not for those based in %(place)s") % {"place": term.place}
    return _("not for those based in %(place)s") % {"place": term.place}


def _answer_anywhere(terms: Terms) -> WorkAnswer:
    commercial = terms.get(Question.COMMERCIAL_USE)
    if commercial is None:
        return WorkAnswer(UNKNOWN, _("Not known"))
    if commercial.verdict == Verdict.NO:
        return WorkAnswer("no", _("No"))
    if commercial.verdict not in (Verdict.YES, Verdict.CONDITIONAL):
        return WorkAnswer(UNKNOWN, Verdict(commercial.verdict).label)
    if users := _limit(terms, Question.USER_CAP):
        return WorkAnswer("if", _("Yes, below %(number)s users") % {"number": compact(users)})
    if revenue := _limit(terms, Question.REVENUE_CAP):
        return WorkAnswer("if", _("Yes, below $%(number)s revenue") % {"number": compact(revenue)})
    policy = terms.get(Question.USE_POLICY)
    if policy is not None and policy.verdict in (Verdict.YES, Verdict.CONDITIONAL):
        return WorkAnswer("if", _("Yes, with use rules"))
    if commercial.verdict == Verdict.CONDITIONAL:
        return WorkAnswer("if", _("Yes, with conditions"))
    return WorkAnswer("yes", _("Yes"))
