"""What a catalog slug looks like.

Model names carry dots and underscores (``llama-3.1-8b``, ``phi-1_5``), so Django's own slug pattern is too
narrow here.
"""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

SLUG_PATTERN = r"[a-z0-9][a-z0-9._-]*"
"""Pattern of every slug of the catalog, for validators, URL converters and content files."""

validate_slug = RegexValidator(
    rf"\A{SLUG_PATTERN}\Z",
    _("Use lower-case letters, digits, dots, hyphens and underscores, beginning with a letter or digit."),
)
