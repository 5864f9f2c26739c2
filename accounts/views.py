"""Sign-up, the question about a guest found at sign-in, and what one may do with one's own data."""

from typing import cast

from allauth.account.views import PasswordResetView
from allauth.account.views import SignupView as AllauthSignupView
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render, resolve_url
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts import audit
from accounts.adapter import is_own_url
from accounts.export import personal_copy
from accounts.forms import AlreadyTaken, EraseForm, TimeZoneForm
from accounts.identity import (
    LearnerRequest,
    attach_account,
    ensure_learner,
    forget_guest,
    guest_of,
    learner_token,
    owns_form,
)
from accounts.models import Learner, User
from accounts.services import MergeRefused, erase_account, erase_learner, marks_of, merge_learners
from accounts.wording import in_words

require_page = require_http_methods(["GET", "HEAD", "POST"])


class SignUpView(AllauthSignupView):  # type: ignore[misc]  # allauth has no types
    """allauth's sign-up, with a form error where two people took one name at once."""

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Make the account and sign in, or show what came between."""
        try:
            answer: HttpResponse = super().form_valid(form)
        except AlreadyTaken:
            answer = self.form_invalid(form)
        return answer


sign_up = SignUpView.as_view()

_reset_password = PasswordResetView.as_view()


@never_cache
def reset_password(request: HttpRequest) -> HttpResponseBase:
    """Send a link by mail; on a site without mail, say who can help instead of promising one."""
    if settings.MAIL_IS_SET or settings.DEBUG:
        return cast(HttpResponseBase, _reset_password(request))
    return render(request, "accounts/no_mail.html")


@login_required
@never_cache
@require_page
def merge(request: LearnerRequest) -> HttpResponse:
    """Ask whose the guest's marks are, and do as told. Until then the guest stays as they are."""
    target = request.POST.get("next") or request.GET.get("next")
    following = target if target and is_own_url(request, target) else resolve_url(settings.LOGIN_REDIRECT_URL)
    guest = guest_of(request)
    marks = in_words(marks_of(guest)) if guest is not None else ""
    if guest is None or not marks:
        forget_guest(request)
        return HttpResponseRedirect(following)  # never redirect(): it takes a word for the name of a view

    choice = request.POST.get("choice")
    if choice == "keep":
        _keep(request, guest, marks)
    elif choice == "leave":
        _leave(request, guest, marks)
    else:
        context = {
            "marks": marks,
            "own_marks": in_words(marks_of(request.learner)),
            "next": following,
        }
        return render(request, "accounts/merge.html", context)
    forget_guest(request)
    return HttpResponseRedirect(following)


def _keep(request: LearnerRequest, guest: Learner, marks: str) -> None:
    try:
        with transaction.atomic():
            moved = merge_learners(guest, ensure_learner(request))
    except MergeRefused:
        messages.error(request, _("Somebody else keeps these already. Nothing was changed."))
        return
    said = in_words(moved.items()) or marks
    messages.success(request, _("Now kept with your account: %(marks)s.") % {"marks": said})


def _leave(request: LearnerRequest, guest: Learner, marks: str) -> None:
    audit.record("merge-declined", user=cast(User, request.user), guest=guest.public_id.hex)
    messages.info(
        request,
        _("Left alone: %(marks)s. They stay a guest's, and this browser no longer shows them.")
        % {"marks": marks},
    )


@never_cache
@require_page
def data(request: LearnerRequest) -> HttpResponse:
    """What is stored about whoever asks, and what they may do with it; keeps their time zone."""
    learner = request.learner
    form = TimeZoneForm(request.POST if request.method == "POST" else None, instance=learner)
    if request.method == "POST":
        if not owns_form(request, request.POST.get("learner", "")):
            return render(request, "409.html", status=409)
        if _is_known(learner) and form.is_valid():
            with transaction.atomic():
                ensure_learner(request)
                Learner.objects.filter(pk=request.learner.pk).update(timezone=form.cleaned_data["timezone"])
            messages.success(request, _("Time zone saved."))
            return redirect("accounts:data")
    guest = guest_of(request) if learner.user_id is not None else None
    context = {
        "layout": _layout(learner),
        "learner": learner,
        "known": _is_known(learner),
        "marks": marks_of(learner),
        "guest_marks": in_words(marks_of(guest)) if guest is not None else "",
        "form": form,
        "token": learner_token(learner) if _is_known(learner) else "",
    }
    return render(request, "accounts/data.html", context)


@never_cache
@require_safe
def export(request: LearnerRequest) -> HttpResponse:
    """Everything stored about whoever asks, as one JSON file; 404 where nothing is."""
    learner = request.learner
    if not _is_known(learner):
        raise Http404
    response = JsonResponse(
        personal_copy(learner),
        encoder=DjangoJSONEncoder,
        json_dumps_params={"indent": 2, "ensure_ascii": False},
    )
    response["Content-Disposition"] = f'attachment; filename="engineersofai-{localdate():%Y-%m-%d}.json"'
    audit.record("export", user=learner.user, learner=None if learner.is_stranger else learner.public_id.hex)
    return response


@never_cache
@require_page
@sensitive_post_parameters("password")
def erase(request: LearnerRequest) -> HttpResponse:
    """Forget whoever asks, after asking them once more."""
    learner = request.learner
    if not _is_known(learner):
        return redirect("accounts:data")
    form = EraseForm(request.POST if request.method == "POST" else None, user=learner.user)
    if request.method == "POST":
        if not owns_form(request, request.POST.get("learner", "")):
            return render(request, "409.html", status=409)
        if form.is_valid():
            return _erase(request, learner)
    context = {
        "layout": _layout(learner),
        "learner": learner,
        "marks": in_words(marks_of(learner)),
        "form": form,
        "token": learner_token(learner),
    }
    return render(request, "accounts/erase.html", context)


def _erase(request: LearnerRequest, learner: Learner) -> HttpResponse:
    if learner.user is not None:
        erase_account(learner.user)
        logout(request)
    else:
        erase_learner(learner)
        attach_account(request, None)
    forget_guest(request)
    # No redirect with a message: that would begin a session, a trace of somebody who asked for none.
    return render(request, "accounts/erased.html")


def _layout(learner: Learner) -> str:
    """Return the frame of the page: an account's has the list of its pages beside it."""
    return f"allauth/layouts/{'manage' if learner.user_id is not None else 'entrance'}.html"


def _is_known(learner: Learner) -> bool:
    """Whether anything at all is stored about this learner; nothing is about a stranger."""
    return not learner.is_stranger or learner.user_id is not None
