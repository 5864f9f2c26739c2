"""Headings and buttons that allauth words read as the site's own do."""

import pytest

from accounts.models import User
from accounts.templatetags.accounts_tags import in_sentence_case


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("\n    Email Addresses\n", "Email addresses"),
        ("Two-Factor Authentication", "Two-factor authentication"),
        ("New Password (again)", "New password (again)"),
        ("Scan the QR code. Then go on", "Scan the QR code. Then go on"),
    ],
)
def test_only_the_first_word_of_a_sentence_keeps_its_capital(given, shown):
    assert in_sentence_case(given) == shown


def test_a_page_of_allauth_has_its_heading_so(client, db):
    client.force_login(User.objects.create_user("ada"))

    assert "<h1>Sign out</h1>" in client.get("/accounts/logout/").content.decode()
