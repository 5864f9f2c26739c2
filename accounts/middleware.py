"""Gives every request its learner, lazily: a public page asks nothing and costs nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from accounts.identity import resolve_learner, set_guest_cookie


class LearnerMiddleware:
    """Sets ``request.learner`` and, when a first mark made a guest, the guest's cookie."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its learner at hand."""
        request.learner = SimpleLazyObject(lambda: resolve_learner(request))
        response = self.get_response(request)
        new_guest = getattr(request, "new_guest", None)
        if new_guest is not None and new_guest.pk is not None:
            set_guest_cookie(response, new_guest)
        return response
