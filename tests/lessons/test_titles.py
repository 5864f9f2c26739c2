"""The title of a page, wherever its author wrote it, and that the page shows it once."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from django.test import Client

from lessons.titles import first_heading, without_title
from tests.trees import load, write_tree


def found(pattern: str, html: str) -> str:
    match = re.search(pattern, html, re.DOTALL)
    assert match is not None
    return match[0]


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Bits\n", "Bits"),
        ("Text.\n\n## Low\n\n# Bits {#b}\n", "Bits"),
        ("Bits\n====\n", "Bits"),
        ("## Only *low*\n", "Only low"),
        ('<h1 align="center">Bits &amp; bytes</h1>\n\n## Low\n', "Bits & bytes"),
        ('<h1 align="center">\n  <img src="logo.png" alt="Logo">\n  <br>\n  Bits\n</h1>\n', "Logo Bits"),
        ('<div align="center">\n  <h1>Bits</h1>\n  <p>All of them.</p>\n</div>\n\n## Low\n', "Bits"),
        ('<div align="center">\n\n# Bits\n\n</div>\n', "Bits"),
        ("```sh\n# no title\n```\n\n# Bits\n", "Bits"),
        ("    # no title\n\n# Bits\n", "Bits"),
        ("<!--\n# no title\n-->\n\n# Bits\n", "Bits"),
        ("> # quoted\n\n- # listed\n\n# Bits\n", "Bits"),
        ("$$\n# no title\n$$\n\n# Bits\n", "Bits"),
        ("<Intro />\n# Bits\n", "Bits"),
        ("~~~md\n# no\n~~~~\n# Bits\n", "Bits"),
        ("- item\n\n      # code in it\n\n# Bits\n", "Bits"),
        ("<pre>\n# no title\n\n# nor this\n</pre>\n\n# Bits\n", "Bits"),
        ("text\n# Bits\n", "Bits"),
        ("Just text.\n", ""),
    ],
)
def test_the_title_is_the_first_heading_that_a_page_would_show(body: str, title: str) -> None:
    assert first_heading(body) == title


def test_code_of_mdx_holds_no_title() -> None:
    body = "export const sample = `\n# no title\n`;\n\n# Bits\n"

    assert first_heading(body, "a.mdx") == "Bits"


@pytest.mark.parametrize(
    "piece", ["<h1>", "<h1 ", "<div><h1>a</h2>", "<h1>\n\n", "> - # a\n", "a\n=\n## b\n"]
)
def test_no_text_takes_long_to_find_its_title(piece: str) -> None:
    start = time.process_time()

    first_heading(piece * (200_000 // len(piece)))

    assert time.process_time() - start < 2


def test_a_title_is_found_far_down_and_never_cut() -> None:
    filler = "Words and words.\n" * 400

    for place in (900, 980, 995, 6_000):
        body = f"{'x' * place}\n\n# A title of a few words\n\n{filler}"

        assert first_heading(body) == "A title of a few words"


def test_what_says_the_title_leaves_and_every_other_line_keeps_its_number() -> None:
    body = '<div>\n<h1>\n<img src="a.png" alt="">\nBits</h1>\n<p>More</p>\n</div>\n\nText.\n'

    left = without_title(body, "Bits")

    assert left.split("\n") == [
        "<div>",
        '<img src="a.png" alt="">',
        "",
        "",
        "<p>More</p>",
        "</div>",
        "",
        "Text.",
        "",
    ]
    assert without_title("Bits\n====\nText.", "Bits") == "\n\nText."
    assert without_title("## Low\n\n# Bits\n", "Bits") == "## Low\n\n# Bits\n"
    assert without_title("# Other\n", "Bits") == "# Other\n"


README = """<div align="center">
<h1>Bits and bytes</h1>
<p>All of them.</p>
</div>

Text.

<h1>
Another
</h1>
"""


def test_a_page_whose_title_is_html_has_one_h1(tmp_path: Path, db: None) -> None:
    load(write_tree(tmp_path / "c", {"m/README.md": README, "m/a.md": README, "README.md": README}))

    for url in ("/learn/c/", "/learn/c/m/", "/learn/c/m/a/"):
        html = Client().get(url).content.decode()
        main = found(r"<main.*?</main>", html)
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", main, re.DOTALL) == ["Bits and bytes"]
        assert re.search(r"<h2[^>]*>\s*Another\s*</h2>", main)
        assert "All of them." in main


def test_the_page_at_the_top_names_a_course_that_nothing_else_names(tmp_path: Path, db: None) -> None:
    named = {"_category_.yml": "label: Our name\n", "index.md": "# Bits\n", "a.md": "# A\n"}
    load(write_tree(tmp_path / "named", named))
    load(write_tree(tmp_path / "plain", {"README.md": "# All of bits\n", "a.md": "# A\n"}))
    load(write_tree(tmp_path / "z-index", {"index.md": "# Introduction\n", "a.md": "# A\n"}))

    html = Client().get("/learn/").content.decode()

    assert re.findall(r'<h2 id="track[^>]*><a[^>]*>(.*?)</a>', html) == ["Our name", "All of bits", "Z index"]


def test_a_heading_stays_where_another_title_stands_above_it(tmp_path: Path, db: None) -> None:
    module = {"m/_category_.yml": "label: Our name\n", "m/index.md": "# Overview\n", "m/a.md": "# A\n"}
    load(write_tree(tmp_path / "c", {**module, "index.md": "# Introduction\n"}))

    for url, title, heading in (("/learn/c/m/", "Our name", "Overview"), ("/learn/c/", "C", "Introduction")):
        main = found(r"<main.*?</main>", Client().get(url).content.decode())
        assert re.findall(r"<h1[^>]*>(.*?)</h1>", main) == [title]
        assert re.search(rf"<h2[^>]*>{heading}</h2>", main)
