"""Imported once in every process that renders pages for another: Django, without a database connection."""

import os

import django
from django.urls import reverse

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
django.setup()

# Placeholders and facts name addresses: the URL configuration is read here, once for all workers of a server.
reverse("catalog:checkpoint_list")
