"""Lists in sentences."""

from collections.abc import Iterable

from django.utils.text import get_text_list
from django.utils.translation import gettext as _


def in_words(marks: Iterable[tuple[str, int]]) -> str:
    """Return counted things as a phrase: *6 answers, 2 finished lessons and 1 note*."""
    return get_text_list(
        [_("%(count)d %(things)s") % {"count": n, "things": words} for words, n in marks], _("and")
    )
