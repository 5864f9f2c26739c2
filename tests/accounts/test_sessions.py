"""Sign-in, sign-out and what ends a session; guessing; roles; what the audit log says."""

import pytest
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.test import Client

from accounts.models import User

from .conftest import PASSWORD, holds_guest, sign_in, who

pytestmark = pytest.mark.django_db


def test_sign_in_changes_the_session_id(client, account):
    session = client.session
    session["kept"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before

    sign_in(client)

    assert who(client) == account
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_sign_out_ends_the_session_and_forgets_the_guest(account, guest, marks, browser_of):
    marks[guest.pk] = 2
    browser = browser_of(guest)
    sign_in(browser)
    key = browser.session.session_key
    assert holds_guest(browser)

    browser.post("/accounts/logout/")

    assert who(browser) is None
    assert not holds_guest(browser)
    assert not Session.objects.filter(session_key=key).exists()


def test_sign_out_asks_first(client, account):
    client.force_login(account)

    client.get("/accounts/logout/")

    assert who(client) == account


def test_a_new_password_ends_the_other_sessions(account):
    here, elsewhere = Client(), Client()
    sign_in(here)
    sign_in(elsewhere)

    here.post(
        "/accounts/password/change/",
        {
            "oldpassword": PASSWORD,
            "password1": "another-flight-of-steps",
            "password2": "another-flight-of-steps",
        },
    )

    assert here.get("/accounts/email/").status_code == 200
    assert elsewhere.get("/accounts/email/").status_code == 302


def test_a_deactivated_account_is_out_at_once(client, account):
    sign_in(client)

    User.objects.filter(pk=account.pk).update(is_active=False)

    assert client.get("/accounts/email/").status_code == 302
    assert sign_in(Client()).headers["Location"] == "/accounts/inactive/"


def test_guessing_one_account_is_slowed(account, audit_lines):
    for _ in range(5):
        sign_in(Client(), password="a wrong guess")

    response = sign_in(Client(), password=PASSWORD)

    assert response.status_code == 200
    assert "Too many failed" in str(response.context["form"].errors)
    assert audit_lines() == ["sign-in-failed"] * 5 + ["sign-in-slowed"]


def test_guessing_one_account_leaves_others_alone(account):
    User.objects.create_user("noor", password=PASSWORD)
    for _ in range(5):
        sign_in(Client(), password="a wrong guess")

    assert sign_in(Client(), "noor").status_code == 302


def test_a_class_of_sixty_signs_in_within_a_minute_after_a_typing_error_each(db):
    User.objects.bulk_create([User(username=f"pupil{number}") for number in range(60)])
    User.objects.update(password=User.objects.create_user("teacher", password=PASSWORD).password)

    for number in range(60):
        sign_in(Client(), f"pupil{number}", "a typing error")
        assert sign_in(Client(), f"pupil{number}").status_code == 302


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "http:///x"],
)
def test_sign_in_leads_to_own_pages_only(client, account, target):
    response = sign_in(client, query=f"?next={target}")

    assert response.headers["Location"] == "/accounts/data/"


def test_sign_in_leads_back_to_the_page_it_came_from(client, account):
    assert sign_in(client, query="?next=/glossary/").headers["Location"] == "/glossary/"


def test_the_audit_log_tells_who_and_never_what_was_typed(account, caplog):
    caplog.set_level("INFO", logger="audit")

    sign_in(Client(), password="hunter2-mistyped")
    sign_in(Client(), "hunter2-in-the-wrong-field")
    sign_in(Client())

    lines = [(record.event, record.user) for record in caplog.records if record.name == "audit"]
    assert lines == [("sign-in-failed", account.pk), ("sign-in-failed", None), ("sign-in", account.pk)]
    assert "hunter2" not in caplog.text
    assert PASSWORD not in caplog.text


def test_every_change_of_role_leaves_a_line(account, caplog):
    caplog.set_level("INFO", logger="audit")
    group = Group.objects.create(name="Tutors")

    account.is_staff = True
    account.save()
    account.groups.add(group)
    group.user_set.remove(account)
    account.first_name = "Ines"
    account.save()

    lines = [record.getMessage() for record in caplog.records if record.name == "audit"]
    assert len(lines) == 3
    assert f"user={account.pk}" in lines[0]
    assert "is_staff=true" in lines[0]
    assert '"joined"' in lines[1]
    assert f"accounts=[{account.pk}]" in lines[2]
    assert '"left"' in lines[2]


def test_the_admin_signs_in_through_the_same_door(client, account):
    response = client.get("/admin/login/?next=/admin/")

    assert response.headers["Location"] == "/accounts/login/?next=%2Fadmin%2F"


def test_the_admin_is_closed_to_learners(client, account):
    client.force_login(account)

    response = client.get("/admin/", follow=True)

    assert response.status_code == 403
