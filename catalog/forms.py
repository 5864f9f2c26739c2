"""What a learner may ask of one checkpoint's page."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.facets.reading import MAX_TOKENS
from catalog.formats import tokens as write_tokens
from catalog.memory import DEFAULT_TOKENS
from catalog.models import Machine
from catalog.showcase import TOKEN_STEPS, machine_groups


class MemoryForm(forms.Form):
    """For how much context, and on which machine, a page computes memory. A GET form; all of it optional."""

    machine = forms.ChoiceField(label=_("My machine"), required=False)
    context = forms.IntegerField(label=_("Context I need"), required=False, min_value=1, max_value=MAX_TOKENS)

    def __init__(self, data: object, machines: Sequence[Machine]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self._machines = {machine.slug: machine for machine in machines}
        groups = [
            (str(kind), [(machine.slug, machine.name) for machine in members])
            for kind, members in machine_groups(machines)
        ]
        choices = [("", _("Not chosen")), *groups]
        machine = self.fields["machine"]
        assert isinstance(machine, forms.ChoiceField)
        machine.choices = choices
        self.is_valid()

    @property
    def tokens(self) -> int:
        """Return the context to compute for: what was asked, or the default where it was no good."""
        return self.cleaned_data.get("context") or DEFAULT_TOKENS

    @property
    def chosen(self) -> Machine | None:
        """Return the machine that was chosen, if it is one of ours."""
        return self._machines.get(self.cleaned_data.get("machine", ""))

    @property
    def steps(self) -> list[tuple[int, str]]:
        """Return contexts to choose from, with the one asked for among them."""
        return [(step, write_tokens(step)) for step in sorted({*TOKEN_STEPS, self.tokens})]
