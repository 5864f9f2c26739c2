"""The facets: what can be chosen, in the order pages and addresses show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf.locale import LANG_INFO
from django.utils.functional import Promise
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.facets.items import Item
from catalog.models import Checkpoint, LicenseAnswer
from catalog.permissions import UNKNOWN, facet_value

Label = str | Promise
Question = LicenseAnswer.Question
Verdict = LicenseAnswer.Verdict

_UNKNOWN_CHOICE: tuple[str, Label] = (UNKNOWN, _("Not known"))


@dataclass(frozen=True, slots=True)
class Facet:
    """One question with values to choose from: any of the chosen ones will do.

    ``choices`` are fixed values with labels; ``None`` means that the values are those the rows have, labeled
    by ``label_of`` and in the order of their labels. Values of rows that ``leads`` says yes to come first;
    ``newest_first`` turns the order round.
    """

    key: str
    label: Label
    values_of: Callable[[Item], frozenset[str]]
    choices: tuple[tuple[str, Label], ...] | None = None
    label_of: Callable[[Item], dict[str, str]] | None = None
    chip: Label = ""
    leads: Callable[[Item], bool] | None = None
    newest_first: bool = False
    is_open: bool = False
    group: str = ""

    @property
    def chip_label(self) -> Label:
        """Return the short name that stands before a chosen value."""
        return self.chip or self.label


@dataclass(frozen=True, slots=True)
class RangeFacet:
    """One figure with a lowest and a highest value, both included. Rows without the figure are left out.

    ``key`` is the beginning of both parameters (``params_min``, ``params_max``). ``unit`` is how many of the
    figure's own units one unit of the parameter is: parameters are typed in billions.
    """

    key: str
    label: Label
    value_of: Callable[[Item], int | None]
    unit: int = 1
    has_max: bool = True
    steps: tuple[int, ...] = ()

    @property
    def low_key(self) -> str:
        """Return the parameter of the lowest value."""
        return f"{self.key}_min"

    @property
    def high_key(self) -> str:
        """Return the parameter of the highest value."""
        return f"{self.key}_max"


def _one(value: str | None) -> frozenset[str]:
    return frozenset((value or UNKNOWN,))


def _license_question(question: Question, chip: Label) -> Facet:
    return Facet(
        key=question.value.replace("-", "_"),
        label=question.label,
        chip=chip,
        values_of=lambda item: frozenset((facet_value(question, item.terms),)),
        choices=(
            *((verdict.value, verdict.label) for verdict in Verdict if verdict is not Verdict.UNREAD),
            _UNKNOWN_CHOICE,
        ),
        group="license",
    )


def _language(code: str) -> str:
    """Return the name of a language in the learner's own, or its code where Django knows none."""
    info = LANG_INFO.get(code, {})
    return translate(info["name"]) if "name" in info else code


def _year(item: Item) -> str:
    return UNKNOWN if item.released is None else str(item.released.year)


def _reads(item: Item) -> frozenset[str]:
    """Return what it takes in; all of them read text."""
    reads = {"images": item.reads_images, "audio": item.reads_audio}
    return frozenset({"text", *(value for value, does in reads.items() if does)})


WORK = Facet(
    key="work",
    label=_("May I use it at work?"),
    chip=_("At work"),
    values_of=lambda item: _one(item.work.value),
    choices=(("yes", _("Yes")), ("if", _("Yes, with conditions")), ("no", _("No")), _UNKNOWN_CHOICE),
    is_open=True,
)

FITS = Facet(
    key="fits",
    label=_("Fits my machine"),
    chip=_("Fit"),
    values_of=lambda item: frozenset((UNKNOWN,)),
    choices=(
        ("fits", _("Fits")),
        ("tight", _("Tight")),
        ("partial", _("In part")),
        ("no", _("No")),
        _UNKNOWN_CHOICE,
    ),
    is_open=True,
)
"""Shown once a machine is chosen: the shelf is then built with verdicts for that machine in its place."""

FACETS: tuple[Facet, ...] = (
    WORK,
    Facet(
        key="family",
        label=_("Family"),
        values_of=lambda item: _one(item.family),
        label_of=lambda item: {item.family: item.family_name},
        leads=lambda item: item.family_is_core,
        is_open=True,
    ),
    Facet(
        key="kind",
        label=_("Kind"),
        values_of=lambda item: _one(item.kind),
        choices=tuple((kind.value, kind.label) for kind in Checkpoint.Kind),
        is_open=True,
    ),
    Facet(
        key="structure",
        label=_("Structure"),
        values_of=lambda item: _one(item.structure),
        choices=tuple((structure.value, structure.label) for structure in Checkpoint.Structure),
    ),
    Facet(
        key="organization",
        label=_("Made by"),
        values_of=lambda item: _one(item.organization),
        label_of=lambda item: {item.organization: item.organization_name},
    ),
    Facet(
        key="license",
        label=_("License"),
        values_of=lambda item: _one(item.license),
        label_of=lambda item: {} if item.license is None else {item.license: item.license_name or ""},
    ),
    _license_question(Question.USER_CAP, _("Limit on users")),
    _license_question(Question.REVENUE_CAP, _("Limit on revenue")),
    _license_question(Question.OUTPUTS, _("Train on outputs")),
    _license_question(Question.REDISTRIBUTION, _("Pass on")),
    _license_question(Question.NAMING, _("Naming duty")),
    _license_question(Question.ATTRIBUTION, _("Credit")),
    _license_question(Question.USE_POLICY, _("Use policy")),
    _license_question(Question.TERRITORY, _("Places excluded")),
    Facet(
        key="reads",
        label=pgettext_lazy("what a model takes in", "Reads"),
        values_of=_reads,
        choices=(("text", _("Text")), ("images", _("Images")), ("audio", _("Audio"))),
    ),
    Facet(
        key="language",
        label=_("Language"),
        values_of=lambda item: frozenset(item.languages) or _one(None),
        label_of=lambda item: {code: _language(code) for code in item.languages},
    ),
    Facet(
        key="year",
        label=_("Released"),
        values_of=lambda item: _one(_year(item)),
        label_of=lambda item: {_year(item): _year(item)},
        newest_first=True,
    ),
    Facet(
        key="benchmark",
        label=_("Has a result on"),
        values_of=lambda item: frozenset(item.scores),
        label_of=lambda item: {score.benchmark: score.benchmark_name for score in item.scores.values()},
    ),
)
"""Every facet with values."""

RANGES: tuple[RangeFacet, ...] = (
    RangeFacet("params", _("Parameters, billions"), lambda item: item.parameters, unit=10**9),
    RangeFacet("active", _("Active parameters, billions"), lambda item: item.active, unit=10**9),
    RangeFacet(
        "context",
        _("Context, at least"),
        lambda item: item.context_tokens,
        has_max=False,
        steps=(2**20, 2**18, 2**17, 2**15, 2**13),
    ),
)
"""Every facet that is a range."""
