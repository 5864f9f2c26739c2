"""What an open page asks while an author works, to show its new content by itself. Development only."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engineersofai.styleguide import while_debugging
from lessons.generation import current_generation


@require_safe
@while_debugging
@never_cache
def generation(request: HttpRequest) -> HttpResponse:
    """Say the number of the last load that changed something: one query."""
    return HttpResponse(str(current_generation()), content_type="text/plain")


def _is_of_interest(record: logging.LogRecord) -> bool:
    return "/dev/generation" not in record.getMessage()


# Every open page asks once a second; `runserver` would list nothing else.
logging.getLogger("django.server").addFilter(_is_of_interest)
