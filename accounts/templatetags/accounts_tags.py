"""What pages of other apps show of whoever asks."""

import re

from django import template
from django.template.context import RequestContext
from django.template.defaultfilters import stringfilter

from accounts.identity import is_personal
from accounts.services import Mark, marks_of

register = template.Library()

_CAPITAL_WITHIN = re.compile(r"(?<=[^.?!:][ -])[A-Z](?=[a-z])")


@register.filter(is_safe=True)
@stringfilter
def in_sentence_case(words: str) -> str:
    """Return a heading or the words of a button as this site writes them: *Email addresses*.

    The words come from allauth, which capitalizes each. None of them
    is a name, since nobody signs in through an outside provider here.
    """
    return _CAPITAL_WITHIN.sub(lambda capital: capital[0].lower(), words.strip())


@register.simple_tag(takes_context=True)
def guest_marks(context: RequestContext) -> list[Mark]:
    """Return what the guest in this browser has left here, by kind; empty for a stranger, without a query."""
    request = context["request"]
    return marks_of(request.learner) if is_personal(request) and request.learner.is_guest else []
