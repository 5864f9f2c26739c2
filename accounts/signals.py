"""What accounts tells the apps above, inside the transaction, so that a receiver's error rolls all back.

Send with ``send``, never ``send_robust``. Every model with a foreign key to Learner has a receiver of
``learner_merged``, of ``learner_erased`` and of ``personal_data``; a test walks the models. ``sender`` is
always ``Learner``.
"""

from django.dispatch import Signal

learner_merged = Signal()
"""``source`` (a guest) becomes part of ``target``: move the rows.

Return how many of each kind were moved, ``{words: count}``, where words are translated and in the right
number (``ngettext("answer", "answers", 6)``), or None when nothing was. The caller has locked both learners.
"""

learner_erased = Signal()
"""``learner`` asks to be forgotten: delete the rows; keep aggregates that name nobody."""

personal_data = Signal()
"""``learner`` asks for a copy: return ``(name, rows)``, or a list of such pairs, rows as JSON-ready dicts."""

guest_marks = Signal()
"""What has ``learner`` left here, in one look: return ``(words, count)`` or a list of such pairs.

For the question on a shared computer and the page of one's data. Words are translated and in the right number
(``ngettext("answer", "answers", 6)``). Must be cheap: counts only.
"""
