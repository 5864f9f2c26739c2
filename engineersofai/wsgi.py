"""The WSGI entry point. It is production unless ``DEBUG=true`` says otherwise."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
os.environ.setdefault("DEBUG", "false")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
