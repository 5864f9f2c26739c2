"""What pages of other apps show of whoever asks."""

from django import template
from django.template.context import RequestContext

from accounts.identity import is_personal
from accounts.services import Mark, marks_of

register = template.Library()


@register.simple_tag(takes_context=True)
def guest_marks(context: RequestContext) -> list[Mark]:
    """Return what the guest in this browser has left here, by kind; empty for a stranger, without a query."""
    request = context["request"]
    return marks_of(request.learner) if is_personal(request) and request.learner.is_guest else []
