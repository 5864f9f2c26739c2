"""The list of checkpoints: a page, its results alone when the filters change, JSON and CSV."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from catalog.caching import shared_data, shared_page, wants
from catalog.exports import as_csv, as_json
from catalog.listing import read_listing
from catalog.showcase import showcase


@require_safe
def checkpoint_list(request: HttpRequest) -> HttpResponseBase:
    """Show the catalog: the whole page at first, only its results when a filter changes."""
    listing = read_listing(request.GET)
    is_fragment = wants(request, "results")
    template = "catalog/_results.html" if is_fragment else "catalog/checkpoint_list.html"
    response = render(request, template, {**showcase(listing), "is_fragment": is_fragment})
    if is_fragment:
        path, query = reverse("catalog:checkpoint_list"), listing.filters.query
        response["HX-Push-Url"] = f"{path}?{query}" if query else path
    return shared_page(request, response)


@require_safe
def checkpoints_json(request: HttpRequest) -> HttpResponseBase:
    """Give every matching checkpoint with its figures and their sources."""
    listing = read_listing(request.GET)
    return shared_data(request, JsonResponse(as_json(listing, request.build_absolute_uri)))


@require_safe
def checkpoints_csv(request: HttpRequest) -> HttpResponseBase:
    """Give every matching checkpoint as a line of a spreadsheet."""
    listing = read_listing(request.GET)
    response = HttpResponse(as_csv(listing), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="models.csv"'
    return shared_data(request, response)
