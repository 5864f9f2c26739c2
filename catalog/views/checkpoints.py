"""The page of one checkpoint."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.caching import shared_page
from catalog.forms import MemoryForm
from catalog.lineage import moments_of
from catalog.models import Checkpoint, Citation, LicenseAnswer, Machine, PublishedFile, Result
from catalog.portrait import FactSheet, usage_of
from catalog.references import SourceList
from catalog.results import group_results, reputation_of
from catalog.sizing import mark_of, sizes_of
from catalog.timeline import draw

HOT_QUANTIZATION = "Q4_K_M"


@require_safe
def checkpoint_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show one checkpoint: four answers, sizes on a machine, results, where it comes from, facts, sources."""
    checkpoint = Checkpoint.objects.for_page().filter(slug=slug).first()
    if checkpoint is None:
        raise Http404
    relatives = list(
        Checkpoint.objects.for_family_page().filter(
            Q(family=checkpoint.family_id) | Q(derived_from=checkpoint.pk)
        )
    )
    machines = list(Machine.objects.select_related("source").order_by("kind", "memory_gb", "name"))
    form = MemoryForm(request.GET, machines)
    sources = SourceList()
    citations = (
        Citation.objects.filter(checkpoint=checkpoint).select_related("source").order_by("position", "id")
    )
    facts = FactSheet(checkpoint, citations, sources).facts()
    results = Result.objects.filter(checkpoint=checkpoint).select_related("benchmark", "source")
    groups = group_results(results, sources)
    sizes = sizes_of(
        checkpoint.architecture(),
        checkpoint.parameters,
        tokens=form.tokens,
        machine=form.chosen,
        active_parameters=checkpoint.active_parameters,
        vision_parameters=checkpoint.vision_parameters,
    )
    hot = next(size for size in sizes if size.weights.quantization == HOT_QUANTIZATION)
    fitting = [size for size in sizes if size.fit and size.fit.css == "yes"]
    files = PublishedFile.objects.filter(checkpoint=checkpoint).select_related("source").order_by("size_gib")
    context = {
        "checkpoint": checkpoint,
        "usage": usage_of(_answers(checkpoint), reads_images=checkpoint.reads_images),
        "form": form,
        "sizes": sizes,
        "mark": mark_of(sizes),
        "hot": hot,
        "largest": fitting[-1] if fitting else None,
        "reputation": reputation_of(groups),
        "groups": groups,
        "facts": facts,
        "files": list(files),
        "sources": sources,
        "siblings": [
            one for one in relatives if one.release_id == checkpoint.release_id and one.pk != checkpoint.pk
        ],
        "derivatives": [one for one in relatives if one.derived_from_id == checkpoint.pk],
        "timeline": draw(moments_of(_of_family(relatives, checkpoint), checkpoint.release.generation)),
    }
    return shared_page(request, render(request, "catalog/checkpoint_detail.html", context))


def _of_family(relatives: Iterable[Checkpoint], checkpoint: Checkpoint) -> list[Checkpoint]:
    return [one for one in relatives if one.family_id == checkpoint.family_id]


def _answers(checkpoint: Checkpoint) -> list[LicenseAnswer]:
    """Read what every license says that binds a checkpoint, its own first."""
    bound = Q(license=checkpoint.license_id) | Q(license__additional_checkpoints=checkpoint)
    answers = LicenseAnswer.objects.filter(bound).select_related("license").distinct()
    return sorted(answers, key=lambda answer: (answer.license_id != checkpoint.license_id, answer.pk))
