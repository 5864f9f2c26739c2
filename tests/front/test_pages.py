"""Error pages and the frame of pages: no database, no session, no inline style or script."""

import re

import pytest
from django.template.loader import render_to_string

from tests.front.templates import ours

NAMES = {"SPDX", "Engineers", "Of", "AI", "EngineersOfAI", "CSV", "JSON", "GB", "GiB", "KiB", "MiB"}
"""What is the same in every language."""

ERRORS = ("400", "403", "403_csrf", "404", "409", "410", "429", "500", "503")
COMMENTS = re.compile(r"{#.*?#}|{% comment.*?endcomment %}", re.DOTALL)
INLINE = re.compile(
    r"\sstyle\s*=|<style\b|\son[a-z]+\s*=|\shx-on|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/)"
)


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_needs_neither_context_nor_database(name):
    page = render_to_string(f"{name}.html")

    assert page.count("<h1>") == 1
    assert 'class="btn"' in page, "an error page shows a way on"
    assert "csrf" not in page


@pytest.mark.parametrize("name", ERRORS)
def test_error_page_names_the_request_when_it_is_known(name):
    page = render_to_string(f"{name}.html", {"request_id": "4f1d2c9a"})

    assert "<code>4f1d2c9a</code>" in page


def test_a_better_way_on_takes_the_place_of_the_usual_one():
    page = render_to_string("410.html", {"way_url": "/learn/a/b/", "way_label": "The module"})

    assert '<a class="btn" href="/learn/a/b/">The module</a>' in page
    assert page.count('class="btn"') == 1


def test_frame_for_strangers_offers_sign_in_and_holds_no_token():
    page = render_to_string("base.html")

    assert "Sign in" in page
    assert "My progress" not in page
    assert "csrfmiddlewaretoken" not in page


def test_no_template_holds_inline_style_or_script():
    found = [
        f"{path}: {match[0].strip()}"
        for path, text in ours()
        for match in INLINE.finditer(COMMENTS.sub("", text))
    ]

    assert found == []


def test_every_template_of_ours_marks_its_words_for_translation():
    """A text node with a letter in it stands inside a translate tag, a variable, or the style guide."""
    found = []
    for path, text in ours():
        if "/styleguide" in path:
            continue
        bare = re.sub(
            r"{%\s*blocktrans\w*.*?endblocktrans\w*\s*%}", "", COMMENTS.sub("", text), flags=re.DOTALL
        )
        bare = re.sub(r"{%.*?%}|{{.*?}}", "", bare, flags=re.DOTALL)
        bare = re.sub(r"<(script|code)\b.*?</\1>", "", bare, flags=re.DOTALL)
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>", " ", re.sub(r'"[^"]*"', '""', bare)))
        found += [f"{path}: {word}" for word in words if word not in NAMES]

    assert found == []


def test_the_style_guide_is_there_while_debugging_only(client, settings):
    assert client.get("/styleguide/").status_code == 404

    settings.DEBUG = True
    assert client.get("/styleguide/").status_code == 200
    assert client.get("/styleguide/503/").status_code == 200
