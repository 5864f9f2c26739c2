"""Source texts in the admin: edited as text, checked by the same reader that loads files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.problems import ContentError, Problem
from engineersofai.content import Prepared, Stale, load, prepare_edit
from engineersofai.edits import Choices
from lessons.models import SourceFile
from lessons.rendering import fill_markers


class SourceTextField(forms.CharField):
    """A whole file. Browsers send other line ends than files have, which is no change."""

    def to_python(self, value: Any) -> str:
        """Return the text with the line ends that files have, the last line's included."""
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return text if not text or text.endswith("\n") else f"{text}\n"

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.to_python(initial), self.to_python(data))


class SourceTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """One text. What is wrong with it is said at its line and column, and nothing is saved."""

    text = SourceTextField(
        label=_("Text"),
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 40, "cols": 110, "class": "vLargeTextField source-text", "spellcheck": "true"}
        ),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    """The hash of the text that this form was opened with."""

    class Meta:
        model = SourceFile
        fields = ("text",)

    prepared: Prepared | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.instance.text_hash)

    def clean_text(self) -> str:
        """Check the text in its place among all other texts."""
        text: str = self.cleaned_data["text"]
        prepared = prepare_edit(self.instance.path, text)
        if errors := self._errors_of(prepared):
            raise forms.ValidationError([problem.with_excerpt() for problem in errors])
        self.prepared = prepared
        return text

    def _errors_of(self, prepared: Prepared) -> list[Problem]:
        """Return the errors that refuse the edit: other files may have faults of their own."""
        path = self.instance.path
        if all(problem.path == path for problem in prepared.errors):
            return prepared.errors
        before = {str(problem) for problem in prepare_edit(path, self.instance.text).errors}
        return [each for each in prepared.errors if each.path == path or str(each) not in before]

    def clean(self) -> None:
        """Refuse once to replace what somebody else saved meanwhile; the next time it is meant."""
        super().clean()
        seen = self.cleaned_data.get("seen")
        stored = SourceFile.objects.select_related("edited_by").get(pk=self.instance.pk)
        if not seen or seen == stored.text_hash:
            return
        self.data = {"text": self.data.get("text", ""), "seen": stored.text_hash}
        # Not at the field: it is hidden, and so would the message be.
        raise forms.ValidationError(
            _("%(who)s changed this text after you opened it. Saving again replaces what stands there now.")
            % {"who": stored.edited_by or _("A load of files")}
        )


class EditedFilter(admin.SimpleListFilter):
    """Edited on the site, or as in the file."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("edited", _("edited here")), ("loaded", _("as in the file"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[SourceFile]) -> QuerySet[SourceFile]:
        if self.value() == "edited":
            return queryset.exclude(text_hash=F("loaded_hash"))
        if self.value() == "loaded":
            return queryset.filter(text_hash=F("loaded_hash"))
        return queryset


@admin.register(SourceFile)
class SourceFileAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The texts that the site is made of. Everything derived from them is read-only elsewhere."""

    form = SourceTextForm
    change_form_template = "admin/source_text.html"
    list_display = ("path", "edited_here", "edited_by", "edited_at")
    list_filter = (EditedFilter,)
    list_select_related = ("edited_by",)
    search_fields = ("path", "text")
    search_help_text = _("Part of the file's path, or words from its text.")
    ordering = ("path",)
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceFile]:
        return super().get_queryset(request).filter(retired_at=None)

    @admin.display(description=_("edited here"), boolean=True)
    def edited_here(self, row: SourceFile) -> bool:
        return row.is_edited_here

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: SourceFile, form: Any, change: bool) -> None:
        """Load the edited text with everything that hangs on it, and remember who edited it."""
        if form.prepared is None or "text" not in form.changed_data:
            return
        with transaction.atomic():
            load(form.prepared, Choices())
            edited = SourceFile.objects.filter(pk=obj.pk).exclude(text_hash=F("loaded_hash"))
            edited.update(edited_by=request.user, edited_at=timezone.now())

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a preview when it is asked for; saving takes another button."""
        context = dict(extra_context or {})
        try:
            if request.method == "POST" and "_preview" in request.POST and object_id:
                return self._preview(request, object_id, context)
            # Not by way of the public method: it opens a transaction around reading and rendering the course,
            # and learners' answers would wait for it. The one around writing is in save_model.
            response: HttpResponse = self._changeform_view(request, object_id, form_url, context)  # type: ignore[attr-defined]
            return response
        except Stale:
            self.message_user(
                request, _("Content was loaded while this was saved. Save it again."), messages.ERROR
            )
            return self._again(request, object_id, context)
        except ContentError as error:
            # The database refused what the files alone allow, such as a changed question type.
            for problem in error.problems:
                self.message_user(request, problem.with_excerpt(), messages.ERROR)
            return self._again(request, object_id, context)

    def _preview(self, request: HttpRequest, object_id: str, context: dict[str, Any]) -> HttpResponse:
        row = self.get_object(request, object_id)
        if row is None or not self.has_change_permission(request, row):
            return super().changeform_view(request, object_id, "", context)
        form = SourceTextForm(request.POST, instance=row)
        if form.is_valid() and form.prepared is not None:
            page = form.prepared.lessons.pages.get(row.path)
            context["preview"] = fill_markers(page.rendered.html, {}) if page else ""
            context["preview_note"] = "" if page else _("This text has no page of its own. It has no errors.")
        return self._again(request, object_id, context, form)

    def _again(
        self, request: HttpRequest, object_id: str | None, context: dict[str, Any], form: Any = None
    ) -> HttpResponse:
        """Show the form filled in as it was sent."""
        row = self.get_object(request, object_id or "")
        if row is None:
            raise Http404
        bound = form or SourceTextForm(request.POST, instance=row)
        adminform = AdminForm(bound, [(None, {"fields": ["text", "seen"]})], {}, (), model_admin=self)
        row.refresh_from_db()
        shown = {
            **self.admin_site.each_context(request),
            "title": _("Change source text"),
            "subtitle": str(row),
            "adminform": adminform,
            "object_id": object_id,
            "original": row,
            "is_popup": False,
            "media": self.media + adminform.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(bound, []) if not bound.is_valid() else [],
            "preserved_filters": self.get_preserved_filters(request),
            **context,
        }
        response: HttpResponse = self.render_change_form(request, shown, change=True, obj=row)
        return response
