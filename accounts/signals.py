"""What accounts tells the apps above, inside the transaction, so that a receiver's error rolls all back.

Send with ``send``, never ``send_robust``. Every model with a foreign key to Learner has a receiver of
``learner_merged`` and of ``learner_erased``; a test walks the models.
"""

from django.dispatch import Signal

learner_merged = Signal()
"""``source`` (a guest) becomes part of ``target``: move the rows; return a dict of what was moved, by kind."""

learner_erased = Signal()
"""``learner`` asks to be forgotten: delete the rows; keep aggregates that name nobody."""

personal_data = Signal()
"""``learner`` asks for a copy: return ``(name, rows)`` with rows as JSON-ready dicts."""

guest_marks = Signal()
"""``learner`` is a guest: return ``(kind, count)`` of marks, for the question on a shared computer."""
