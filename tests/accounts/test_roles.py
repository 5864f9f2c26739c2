"""Instructors: the group, the command, and what the admin shows them."""

import io
import sys

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import instructors
from accounts.models import Learner, User

from .conftest import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture
def instructor(client, account: User) -> User:
    """Return an instructor who is signed in."""
    instructors.appoint(account)
    client.force_login(account)
    return account


def test_migrate_makes_the_group_with_what_it_may_do():
    held = set(
        Group.objects.get(name="Instructors").permissions.values_list("content_type__app_label", "codename")
    )

    assert ("lessons", "change_sourcefile") in held
    assert ("accounts", "view_learner") in held
    for app in ("catalog", "lessons", "quizzes", "progress"):
        for model in apps.get_app_config(app).get_models():
            assert (app, f"view_{model._meta.model_name}") in held
    assert {code for _app, code in held if not code.startswith("view_")} == {"change_sourcefile"}
    assert not {code for app, code in held if app in {"auth", "sessions", "mfa", "account"}}
    assert ("accounts", "view_user") not in held


def test_making_the_group_again_keeps_what_an_operator_granted():
    group = Group.objects.get(name="Instructors")
    before = group.permissions.count()
    group.permissions.add(Permission.objects.get(codename="change_learner"))

    instructors.make_group()

    assert group.permissions.count() == before + 1


def test_makeinstructor_appoints_an_account(account, capsys, audit_lines):
    call_command("makeinstructor", "INES")
    call_command("makeinstructor", "ines@example.org")

    account.refresh_from_db()
    assert account.is_staff
    assert not account.is_superuser
    assert account.groups.get().name == "Instructors"
    assert audit_lines() == ["role-change", "role-change"]
    assert [line.split(".")[0] for line in capsys.readouterr().out.splitlines()] == [
        "ines is an instructor now",
        "ines is an instructor already",
    ]


def test_makeinstructor_takes_the_role_back(account, capsys):
    call_command("makeinstructor", "ines")
    call_command("makeinstructor", "ines", "--remove")
    call_command("makeinstructor", "ines", "--remove")

    account.refresh_from_db()
    assert not account.is_staff
    assert not account.groups.exists()
    assert capsys.readouterr().out.splitlines()[1:] == [
        "ines is no instructor any more.",
        "ines was no instructor.",
    ]


def test_a_superuser_who_is_dismissed_keeps_the_admin(admin_user, capsys):
    call_command("makeinstructor", "admin")
    call_command("makeinstructor", "admin", "--remove")

    admin_user.refresh_from_db()
    assert admin_user.is_staff


def test_makeinstructor_makes_an_account_with_a_password_from_standard_input(monkeypatch, client):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))

    call_command("makeinstructor", "noor", "--password-stdin")

    assert client.login(username="noor", password=PASSWORD)
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize(
    ("name", "password", "complaint"),
    [
        ("noor", "12345678", "too common"),
        ("noor", "", "too short"),
        ("not a name", PASSWORD, "valid username"),
        ("", PASSWORD, "cannot be blank"),
    ],
)
def test_makeinstructor_says_what_is_wrong(monkeypatch, name, password, complaint):
    monkeypatch.setattr(sys, "stdin", io.StringIO(password))

    with pytest.raises(CommandError, match=complaint):
        call_command("makeinstructor", name, "--password-stdin")

    assert not User.objects.exists()


def test_makeinstructor_without_a_terminal_says_what_to_do(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())

    with pytest.raises(CommandError, match="no terminal"):
        call_command("makeinstructor", "noor")
    with pytest.raises(CommandError, match="no account named"):
        call_command("makeinstructor", "noor", "--remove")


def test_an_instructor_sees_learners_and_no_accounts(client, instructor, guest):
    assert client.get("/admin/accounts/learner/").status_code == 200
    assert client.get(f"/admin/accounts/learner/{guest.pk}/change/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get("/admin/auth/group/").status_code == 403


@pytest.mark.parametrize("action", ["add", "{pk}/change", "{pk}/delete"])
def test_nobody_edits_a_learner_in_the_admin(admin_client, guest, action):
    response = admin_client.post(
        f"/admin/accounts/learner/{action.format(pk=guest.pk)}/", {"timezone": "Asia/Tokyo"}
    )

    assert response.status_code == 403
    guest.refresh_from_db()
    assert guest.timezone == "UTC"


@pytest.mark.parametrize("query", ["ines", "INES@example", "{id}", "{start}"])
def test_learners_are_found_by_name_address_and_public_id(client, instructor, guest, query):
    learner = Learner.objects.create(user=instructor)
    query = query.format(id=learner.public_id, start=str(learner.public_id)[:8])

    response = client.get("/admin/accounts/learner/", {"q": query})

    assert list(response.context["cl"].queryset) == [learner]


@pytest.mark.parametrize(("kind", "found"), [("account", 1), ("guest", 2), ("merged", 1), ("nonsense", 4)])
def test_learners_are_filtered_by_what_they_are(client, instructor, guest, kind, found):
    Learner.objects.create(user=instructor)
    Learner.objects.create(merged_into=guest)
    Learner.objects.create()

    response = client.get("/admin/accounts/learner/", {"kind": kind})

    assert response.context["cl"].queryset.count() == found


def test_the_list_of_learners_costs_the_same_for_one_and_for_fifty(client, instructor):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get("/admin/accounts/learner/").status_code == 200
        return len(captured)

    guest = Learner.objects.create()
    Learner.objects.create(merged_into=guest)
    few = queries()
    for number in range(25):
        Learner.objects.create(user=User.objects.create_user(f"pupil{number}"))
        Learner.objects.create(merged_into=Learner.objects.get(user__username=f"pupil{number}"))

    assert queries() == few


def test_an_account_made_in_the_admin_differs_by_more_than_case(admin_client, account):
    fields = {"username": "Ines", "password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}

    response = admin_client.post("/admin/accounts/user/add/", fields)

    assert response.status_code == 200
    assert User.objects.filter(username__iexact="ines").count() == 1


def test_an_address_given_in_the_admin_is_stored_in_lower_case(admin_client, account):
    page = admin_client.get(f"/admin/accounts/user/{account.pk}/change/")
    form = page.context["adminform"].form
    fields = {name: value for name, value in form.initial.items() if value not in (None, False, [])}
    joined = account.date_joined
    fields |= {
        "email": "Ines.D@Example.ORG",
        "date_joined_0": f"{joined:%Y-%m-%d}",
        "date_joined_1": f"{joined:%H:%M:%S}",
    }

    admin_client.post(f"/admin/accounts/user/{account.pk}/change/", fields)

    account.refresh_from_db()
    assert account.email == "ines.d@example.org"
