"""The WSGI entry point. It is production unless ``DEBUG=true`` says otherwise."""

import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engineersofai.settings")
os.environ["ENGINEERSOFAI_SERVING"] = "true"  # read by settings: production, and no statement without a limit

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

from engineersofai.checks import refuse_unfit_start

try:
    refuse_unfit_start()
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    # One sentence for the operator; the traceback would only say where it was found.
    sys.exit(f"EngineersOfAI does not start: {error}")
