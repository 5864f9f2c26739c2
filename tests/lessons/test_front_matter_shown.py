"""Keys of Docusaurus that readers see: next and previous, last update, where to edit, keywords."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from tests.trees import load, refusal, write_tree

pytestmark = pytest.mark.django_db

PAGES = {
    "01-basics/01-bits.md": "# Bits\n\nText.\n",
    "01-basics/02-bytes.md": "---\n{matter}---\n\n# Bytes\n\nText.\n",
    "01-basics/03-words.md": "---\nsidebar_label: Words, shortly\n---\n# Words\n\nText.\n",
    "02-beyond/index.md": "# Beyond\n\nText.\n",
    "02-beyond/01-floats.md": "---\nid: about-floats\n---\n# Floats\n\nText.\n",
    "02-beyond/02-hidden.md": "---\ndraft: true\n---\n# Hidden\n\nText.\n",
    "02-beyond/03-deep/lessons/01-reasons.md": "---\nid: why\n---\n# Reasons\n\nText.\n",
}


def loaded(folder: Path, matter: str) -> str:
    """Load the course with front matter for its second page; return what was said."""
    tree = {path: text.replace("{matter}", matter) for path, text in PAGES.items()}
    return load(write_tree(folder / "open-models", tree))


def page(client: Client) -> str:
    return client.get("/learn/open-models/basics/bytes/").content.decode()


def neighbors(html: str) -> list[str]:
    """Return where the links before and behind a lesson lead."""
    nav = html[html.index('<nav class="next"') :] if '<nav class="next"' in html else ""
    return re.findall(r'<a href="/learn/open-models/([^"]*)"', nav[: nav.find("</nav>")])


@pytest.mark.parametrize(
    ("matter", "expected"),
    [
        ("minutes: 1\n", ["basics/bits/", "basics/words/"]),
        ("pagination_next: null\n", ["basics/bits/"]),
        ("pagination_prev:\n", ["basics/words/"]),
        ("pagination_next: null\npagination_prev: null\n", []),
        ("pagination_next: 02-beyond/about-floats\n", ["basics/bits/", "beyond/floats/"]),
        ("pagination_next: about-floats\n", ["basics/bits/", "beyond/floats/"]),
        ("pagination_prev: basics/words\n", ["basics/words/", "basics/words/"]),
        ("pagination_next: beyond\n", ["basics/bits/", "beyond/"]),
        ("pagination_next: beyond/hidden\n", ["basics/bits/", "basics/words/"]),
        ("pagination_next: beyond/index\n", ["basics/bits/", "beyond/"]),
        ("pagination_next: 02-beyond/README\n", ["basics/bits/", "beyond/"]),
        ("pagination_next: beyond/beyond\n", ["basics/bits/", "beyond/"]),
        ("pagination_next: beyond/deep/lessons/why\n", ["basics/bits/", "beyond/deep/reasons/"]),
        ("pagination_next: beyond/deep/why\n", ["basics/bits/", "beyond/deep/reasons/"]),
    ],
)
def test_a_page_chooses_what_comes_before_and_behind_it(
    tmp_path: Path, client: Client, matter: str, expected: list[str]
) -> None:
    loaded(tmp_path, matter)

    html = page(client)

    assert neighbors(html) == expected
    assert ('<link rel="next"' in html) is ("pagination_next: null" not in matter)


def test_a_page_names_the_links_that_lead_to_it(tmp_path: Path, client: Client) -> None:
    loaded(tmp_path, "pagination_label: All about *bytes*\nsidebar_label: Bytes!\n")

    for address in ("basics/bits/", "basics/words/"):
        assert "<b>All about *bytes*</b>" in client.get(f"/learn/open-models/{address}").content.decode()
    assert "<b>Words, shortly</b>" in page(client)


def test_a_page_that_is_not_there_is_a_warning_and_the_order_stays(tmp_path: Path, client: Client) -> None:
    said = loaded(tmp_path, "pagination_next: basics/wordz\n")

    assert "02-bytes.md:2:" in said
    assert "no page 'basics/wordz' in this course. Did you mean 'basics/words'?" in said
    assert neighbors(page(client)) == ["basics/bits/", "basics/words/"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("beyond/why", "no page 'beyond/why' in this course"),
        ("beyond/deeper/still/why", "no page 'beyond/deeper/still/why' in this course"),
        ("basics/bytes", "the page names itself. Name another page, or write null for none."),
    ],
)
def test_only_another_page_of_the_folder_named_is_meant(
    tmp_path: Path, client: Client, name: str, message: str
) -> None:
    said = loaded(tmp_path, f"pagination_next: {name}\n")

    assert f"02-bytes.md:2:18: {message}" in said
    assert neighbors(page(client)) == ["basics/bits/", "basics/words/"]


def test_last_update_and_edit_link_stand_below_the_text(tmp_path: Path, client: Client) -> None:
    loaded(
        tmp_path,
        "last_update:\n  date: 2/28/2026\n  author: Ada & Co\n"
        "custom_edit_url: https://git.example.org/edit/bytes.md\n",
    )

    html = page(client)

    assert '<time datetime="2026-02-28">28 February 2026</time>' in html
    assert "By Ada &amp; Co" in html
    assert re.search(r'<a href="https://git.example.org/edit/bytes.md"[^>]*>Edit this page</a>', html)


@pytest.mark.parametrize(
    "matter",
    [
        "custom_edit_url: null\n",
        "custom_edit_url: javascript:alert(1)\n",
        "last_update: {}\n",
        "minutes: 1\n",
    ],
)
def test_a_page_that_says_nothing_of_its_origin_shows_nothing(
    tmp_path: Path, client: Client, matter: str
) -> None:
    loaded(tmp_path, matter)

    html = page(client)

    assert "Edit this page" not in html
    assert "Last updated" not in html
    assert "alert(1)" not in html


@pytest.mark.parametrize(
    "written", ["2026-02-28", "'2026-02-28T10:00:00Z'", "Feb 28, 2026", "28 February 2026", "2026/02/28"]
)
def test_days_are_read_as_other_tools_write_them(tmp_path: Path, client: Client, written: str) -> None:
    loaded(tmp_path, f'last_update: {{date: "{written}"}}\n'.replace("\"'", '"').replace("'\"", '"'))

    assert "28 February 2026" in page(client)


def test_what_is_no_day_is_an_error_at_its_place(tmp_path: Path) -> None:
    tree = {path: text.replace("{matter}", "last_update:\n  date: soon\n") for path, text in PAGES.items()}

    said = refusal(write_tree(tmp_path / "open-models", tree))

    assert "02-bytes.md:3:9:" in said
    assert "a date such as 2026-11-23" in said


def test_keywords_are_for_machines_and_tags_change_nothing(tmp_path: Path, client: Client) -> None:
    said = loaded(
        tmp_path, "keywords: [bits, 'a \"b\"']\ntags: [x, {label: y, permalink: /y}]\nimage: a.png\n"
    )

    assert '<meta name="keywords" content="bits, a &quot;b&quot;">' in page(client)
    assert "02-bytes.md" not in said
