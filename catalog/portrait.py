"""What the page of one checkpoint says of it: whether it may be used, and its facts with numbered sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.facets.definitions import Label
from catalog.formats import compact, tokens
from catalog.models import Checkpoint, Citation, Evidence, LicenseAnswer
from catalog.permissions import WorkAnswer, for_checkpoint, strictest, terms_by_license, work_answer
from catalog.references import SourceList

Group = Citation.Group
Question = LicenseAnswer.Question

_NEAREST = (Evidence.PRIMARY, Evidence.DERIVED, Evidence.SECONDARY)
"""Evidence by how close it stands to whoever knows the figure."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure in words, the numbers of its sources, and whether only a secondary one was seen."""

    label: Label
    text: str
    sources: tuple[int, ...] = ()
    evidence: str = Evidence.PRIMARY
    note: str = ""

    @property
    def is_secondary(self) -> bool:
        """Whether no source that knows the figure first hand was seen."""
        return self.evidence == Evidence.SECONDARY

    @property
    def is_derived(self) -> bool:
        """Whether the figure was worked out from others."""
        return self.evidence == Evidence.DERIVED


class FactSheet:
    """Builds the facts of a checkpoint and the list of sources they rest on."""

    def __init__(self, checkpoint: Checkpoint, citations: Iterable[Citation], sources: SourceList) -> None:
        self._checkpoint = checkpoint
        self._sources = sources
        self._citations: dict[str, list[Citation]] = {}
        for citation in citations:
            self._citations.setdefault(citation.group, []).append(citation)

    def facts(self) -> list[Fact]:
        """Return what is known, in the order of the page; what no source states is absent."""
        c = self._checkpoint
        rows: list[tuple[Label, str, Group]] = [
            (_("Parameters"), self._parameters(), Group.PARAMETERS),
            (_("Active per token"), self._active(), Group.ACTIVE_PARAMETERS),
            (_("Context"), self._context(), Group.CONTEXT),
            (_("Released"), self._released(), Group.RELEASE),
            (_("License"), c.license.name if c.license else "", Group.LICENSE),
            (_("Training text"), self._training(), Group.TRAINING),
            (_("Languages"), self._languages(), Group.LANGUAGES),
            (_("Layers"), self._layers(), Group.ARCHITECTURE),
            (_("Heads"), self._heads(), Group.ARCHITECTURE),
            (_("Experts"), self._experts(), Group.ARCHITECTURE),
            (_("Hidden, feed-forward"), self._widths(), Group.ARCHITECTURE),
            (_("Vocabulary"), number_format(c.vocabulary, force_grouping=True), Group.ARCHITECTURE),
            (_("Embeddings"), self._embeddings(), Group.EMBEDDINGS),
        ]
        return [self._fact(label, text, group) for label, text, group in rows if text]

    def _fact(self, label: Label, text: str, group: Group) -> Fact:
        cited = self._citations.get(group, [])
        numbers = tuple(self._sources.cite(citation.source, citation.evidence) for citation in cited)
        best = min(
            (Evidence(citation.evidence) for citation in cited), key=_NEAREST.index, default=Evidence.PRIMARY
        )
        note = next((citation.note for citation in cited if citation.note), "")
        return Fact(label, text, numbers, best, note)

    def _parameters(self) -> str:
        c = self._checkpoint
        if not c.parameters_exact:
            return _("about %(count)s") % {"count": compact(c.parameters)}
        return number_format(c.parameters, force_grouping=True)

    def _active(self) -> str:
        active = self._checkpoint.active_parameters
        return "" if active is None else compact(active)

    def _context(self) -> str:
        c = self._checkpoint
        if c.context_tokens is None:
            return ""
        text = _("%(count)s tokens") % {"count": number_format(c.context_tokens, force_grouping=True)}
        if c.context_native_tokens and c.context_native_tokens != c.context_tokens:
            text += ", " + _("%(count)s without position scaling") % {
                "count": tokens(c.context_native_tokens)
            }
        return text

    def _released(self) -> str:
        c = self._checkpoint
        if c.released is None:
            return ""
        day = date_format(c.released, "j F Y")
        return (
            day if c.release_basis == c.ReleaseBasis.OFFICIAL else f"{day} ({c.get_release_basis_display()})"
        )

    def _training(self) -> str:
        count = self._checkpoint.training_tokens
        return _("%(count)s tokens") % {"count": compact(count)} if count else ""

    def _languages(self) -> str:
        c = self._checkpoint
        if not c.languages_count:
            return ""
        text = ngettext("%(count)d named", "%(count)d named", c.languages_count) % {
            "count": c.languages_count
        }
        return f"{text}: {', '.join(c.languages)}" if c.languages else text

    def _layers(self) -> str:
        c = self._checkpoint
        parts = [str(c.layers)]
        if c.layers_window:
            parts.append(
                _("%(count)d of them see a window of %(window)s tokens")
                % {"count": c.layers_window, "window": number_format(c.window or 0, force_grouping=True)}
            )
        if c.layers_linear:
            parts.append(_("%(count)d of them keep a fixed state") % {"count": c.layers_linear})
        if c.attention:
            name = str(c.get_attention_display())
            parts.append(name[:1].lower() + name[1:])
        return ", ".join(parts)

    def _heads(self) -> str:
        c = self._checkpoint
        if c.mla_rank and c.mla_rope:
            return _("%(heads)s for queries; one latent of %(rank)d + %(rope)d is cached") % {
                "heads": c.heads or "?",
                "rank": c.mla_rank,
                "rope": c.mla_rope,
            }
        if not (c.heads and c.kv_heads and c.head_dim):
            return ""
        return _("%(heads)d for queries, %(kv)d for keys and values, each %(dim)d wide") % {
            "heads": c.heads,
            "kv": c.kv_heads,
            "dim": c.head_dim,
        }

    def _experts(self) -> str:
        c = self._checkpoint
        if not (c.experts and c.experts_per_token):
            return ""
        text = _("%(count)d, %(active)d per token") % {"count": c.experts, "active": c.experts_per_token}
        return text + (", " + _("and shared ones") if c.shared_expert_ff else "")

    def _widths(self) -> str:
        c = self._checkpoint
        width = c.feed_forward or c.expert_feed_forward
        hidden = number_format(c.hidden, force_grouping=True)
        if not width:
            return hidden
        return _("%(hidden)s and %(width)s") % {
            "hidden": hidden,
            "width": number_format(width, force_grouping=True),
        }

    def _embeddings(self) -> str:
        tied = self._checkpoint.tied_embeddings
        if tied is None:
            return ""
        return _("input and output share one matrix") if tied else _("input and output have a matrix each")


@dataclass(frozen=True, slots=True)
class Usage:
    """Whether it may be used at work, by which licenses, and what they say in detail."""

    answer: WorkAnswer
    details: list[str]


def usage_of(answers: Sequence[LicenseAnswer], *, reads_images: bool) -> Usage:
    """Combine the answers of every license that binds a checkpoint.

    In detail: what it must be called, else the first limit; where the answer is *no*, why it is.
    """
    terms = for_checkpoint(strictest(terms_by_license(answers).values()), reads_images=reads_images)
    answer = work_answer(terms)
    wanted = (Question.NAMING, Question.USER_CAP, Question.REVENUE_CAP, Question.COMMERCIAL_USE)
    by_question = {q: [a for a in answers if a.question == q and a.detail] for q in wanted}
    if answer.value == "no":
        refused = [a.detail for a in by_question[Question.COMMERCIAL_USE] if a.verdict == "no"]
        return Usage(answer, refused[:1])
    binding = {"yes", "if"}
    details = [a.detail for a in by_question[Question.NAMING] if a.verdict in binding]
    if not details:
        details = [a.detail for question in wanted[1:] for a in by_question[question]][:1]
    return Usage(answer, details)
