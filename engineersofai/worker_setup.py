"""Imported once in every process that renders pages for another: Django, without a database connection."""

import os
from collections.abc import Callable

import django
from django.apps import apps
from django.urls import reverse

from engineersofai.environment import SERVING_MARK

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
# A worker serves nobody, whoever it works for: it is set up as the command is that loads the same files.
os.environ.pop(SERVING_MARK, None)
if not apps.ready:
    django.setup()

# Placeholders and facts name addresses: the URL configuration is read here, once for all workers of a server.
reverse("catalog:checkpoint_list")


def start(call: Callable[..., None], *args: object) -> None:
    """Call a function. Named before it, this module is imported first, and Django is ready for what follows.

    A fork server does that beforehand only where it finds this package: it is told no path but the current
    folder, and elsewhere, or where there is no fork server, a worker begins with nothing.
    """
    call(*args)
