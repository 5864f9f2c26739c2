"""Licenses: side by side, and one clause by clause."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from catalog.caching import shared_page
from catalog.models import Checkpoint, License, LicenseAnswer
from catalog.permissions import terms_of, work_answer
from catalog.references import SourceList


@require_safe
def license_list(request: HttpRequest) -> HttpResponseBase:
    """Show every license by the questions people ask first. Those in use come first."""
    licenses = License.objects.annotate(used=Count("checkpoints")).prefetch_related("answers")
    rows = [
        {
            "license": license_,
            "answer": work_answer(terms_of(license_.answers.all())),
            "said": license_.answers_by_question,
        }
        for license_ in licenses.order_by("-used", "name")
    ]
    return shared_page(request, render(request, "catalog/license_list.html", {"rows": rows}))


@require_safe
def license_detail(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Show what one license says to each question, with clause and source, and the checkpoints under it."""
    license_ = get_object_or_404(License, slug=slug)
    found = {a.question: a for a in license_.answers.select_related("source")}
    sources = SourceList()
    answers = [
        (answer, sources.cite(answer.source, answer.evidence))
        for question in LicenseAnswer.Question.values
        if (answer := found.get(question))
    ]
    bound = Q(license=license_) | Q(additional_licenses=license_)
    context = {
        "license": license_,
        "answer": work_answer(terms_of(found.values())),
        "answers": answers,
        "sources": sources,
        "checkpoints": Checkpoint.objects.filter(bound)
        .select_related("family")
        .only("slug", "name", "released", "family__slug", "family__name")
        .order_by("-family__is_core", "family__name", "name")
        .distinct(),
    }
    return shared_page(request, render(request, "catalog/license_detail.html", context))
