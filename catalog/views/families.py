"""The page of one family."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.caching import shared_page
from catalog.lineage import license_changes, moments_of, release_rows
from catalog.models import Checkpoint, Family, LicenseAnswer
from catalog.permissions import terms_by_license
from catalog.timeline import draw


@require_safe
def family_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show one family: its generations in time, how its license changed, its releases with their sizes."""
    family = get_object_or_404(Family.objects.select_related("organization"), slug=slug)
    checkpoints = list(Checkpoint.objects.for_family_page().filter(family=family))
    used = Q(license__checkpoints__family=family)
    terms = terms_by_license(LicenseAnswer.objects.filter(used).distinct())
    context = {
        "family": family,
        "timeline": draw(moments_of(checkpoints)),
        "license_changes": license_changes(checkpoints, terms),
        "releases": release_rows(checkpoints),
        "count": len(checkpoints),
    }
    return shared_page(request, render(request, "catalog/family_detail.html", context))
