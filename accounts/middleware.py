"""Gives every request its learner, lazily: a public page asks nothing and costs nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.identity import LearnerGone, apply_cookie_change, attach_learner


class LearnerMiddleware:
    """Sets ``request.learner``; sets the cookie of a new guest, deletes that of a forgotten one.

    A view that finds its learner merged or erased under its hands (``LearnerGone``) is answered with 409.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its learner at hand."""
        attach_learner(request)
        response = self.get_response(request)
        apply_cookie_change(request, response)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer 409 when the learner went away between reading and writing."""
        if isinstance(exception, LearnerGone):
            return render(request, "409.html", status=409)
        return None
