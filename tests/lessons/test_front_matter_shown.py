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


@pytest.mark.parametrize("written", ["2026-02-28", "Sat Feb 28 2026"])
def test_a_day_alone_says_when_a_page_was_updated(tmp_path: Path, client: Client, written: str) -> None:
    loaded(tmp_path, f"last_update: {written}\n")

    assert "28 February 2026" in page(client)


@pytest.mark.parametrize(
    ("matter", "warning"),
    [
        ("last_update:\n  date: soon\n", "3:9: 'date' must be a date such as 2026-11-23. It says 'soon'."),
        ("last_update:\n  date: 2024-02-30\n", "No month has that day: '2024-02-30'."),
        ("last_update:\n  author: [A, B]\n", "3:11: 'author' must be text. It is left out."),
        ("last_update: 5\n", "2:14: 'last_update' must be keys with values. It is left out."),
        ("keywords: [bits, 5]\n", "2:18: item 2 of 'keywords' must be text."),
        ("custom_edit_url: false\n", "2:18: 'custom_edit_url' must be text."),
        ("pagination_label: 5\n", "2:19: 'pagination_label' must be text."),
        ("hide_title: very\n", "2:13: 'hide_title' must be true or false."),
        ("toc_max_heading_level: 7\n", "2:24: 'toc_max_heading_level'"),
        ("images: [a.png]\n", "2:1: unknown key 'images'. Did you mean 'image'?"),
    ],
)
def test_what_a_page_can_do_without_is_left_out_with_a_warning(
    tmp_path: Path, client: Client, matter: str, warning: str
) -> None:
    said = loaded(tmp_path, matter)

    assert re.search(rf"warning: \S*02-bytes\.md:.*{re.escape(warning)}", said)
    assert "error: " not in said
    assert "<h1>Bytes</h1>" in page(client)


@pytest.mark.parametrize("line", ["collapsed: 'true'", "className: 5", "level: 2", "collapsable: true"])
def test_a_category_file_keeps_no_course_out_for_what_changes_nothing(
    tmp_path: Path, client: Client, line: str
) -> None:
    write_tree(tmp_path / "open-models", {"02-beyond/_category_.yml": f"description: Further on.\n{line}\n"})

    said = loaded(tmp_path, "minutes: 1\n")

    assert "warning: " in said
    assert "_category_.yml:2:" in said
    assert "Further on." in client.get("/learn/open-models/beyond/").content.decode()


def test_what_is_right_beside_a_fault_stays(tmp_path: Path, client: Client) -> None:
    loaded(tmp_path, "last_update:\n  date: 2026-02-28\n  author: [A, B]\nkeywords: [bits, 5, bytes]\n")

    html = page(client)

    assert "28 February 2026" in html
    assert '<meta name="keywords" content="bits, bytes">' in html


@pytest.mark.parametrize(
    "matter", ["title: [Bytes]\n", "draft: 'true'\n", "sidebar_position: first\n", "drafts: true\n"]
)
def test_what_decides_what_is_shown_refuses_the_load(tmp_path: Path, matter: str) -> None:
    tree = {path: text.replace("{matter}", matter) for path, text in PAGES.items()}

    assert "error: " in refusal(write_tree(tmp_path / "open-models", tree))


def test_one_text_stands_for_a_list(tmp_path: Path, client: Client) -> None:
    said = loaded(
        tmp_path,
        "objectives: Count *bits*\nprerequisites: none\nkeywords: bits, bytes\ntags: x\nimage: {src: a}\n",
    )

    html = page(client)

    assert "02-bytes.md" not in said
    assert "Count <em>bits</em>" in html
    assert '<meta name="keywords" content="bits, bytes">' in html


def test_keywords_are_for_machines_and_tags_change_nothing(tmp_path: Path, client: Client) -> None:
    said = loaded(
        tmp_path, "keywords: [bits, 'a \"b\"']\ntags: [x, {label: y, permalink: /y}]\nimage: a.png\n"
    )

    assert '<meta name="keywords" content="bits, a &quot;b&quot;">' in page(client)
    assert "02-bytes.md" not in said
