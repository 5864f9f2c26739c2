"""The joined files, their budget, and the names that templates and styles refer to."""

import re

import brotli
import pytest
from django.contrib.staticfiles import finders

from engineersofai import assets
from tests.front.templates import ours

STYLE_BUDGET_BYTES = 12 * 1024
SCRIPT_BUDGET_BYTES = 19 * 1024


def compressed(text: str) -> int:
    return len(brotli.compress(text.encode()))


@pytest.mark.parametrize("path", assets.outputs(), ids=lambda path: path.name)
def test_joined_file_equals_a_fresh_join_of_its_sources(path):
    assert path.read_text(encoding="utf-8") == assets.outputs()[path], "run python -m engineersofai.assets"


def test_every_style_source_is_in_the_joined_file_in_layer_order():
    joined = assets.build_css()

    starts = [
        joined.index(f"@layer {name}{{") for name in ("reset", "tokens", "base", "layout", "components")
    ]

    assert starts == sorted(starts)
    assert joined.startswith("@layer reset,tokens,base,layout,components,utilities;")


def test_a_style_source_outside_the_layers_is_refused_by_name(tmp_path):
    (tmp_path / "layers.css").write_text("@layer base, utilities;")
    (tmp_path / "stray.css").write_text("a { color: red; }")

    with pytest.raises(assets.AssetError, match=r"stray\.css.*base, utilities"):
        assets.build_css(tmp_path)


def test_shortening_keeps_strings_and_calculations(tmp_path):
    (tmp_path / "layers.css").write_text("@layer base;")
    (tmp_path / "a.css").write_text(
        "@layer base {\n  /* gone */\n"
        '  a::after { content: "a  /* b */ ; c"; inline-size: calc(1px + 0.5em); }\n}\n'
    )

    joined = assets.build_css(tmp_path)

    assert joined == (
        '@layer base;@layer base{a::after{content:"a  /* b */ ; c";inline-size:calc(1px + .5em)}}\n'
    )


def test_styles_stay_within_their_budget():
    assert compressed(assets.build_css()) <= STYLE_BUDGET_BYTES


def test_scripts_with_htmx_stay_within_their_budget():
    theme = (assets.STATIC / "js" / "theme.js").read_text(encoding="utf-8")
    htmx = finders.find("django_htmx/htmx-4.min.js")
    assert isinstance(htmx, str)
    with open(htmx, encoding="utf-8") as file:
        parts = [theme, assets.build_js(), file.read()]

    assert sum(map(compressed, parts)) <= SCRIPT_BUDGET_BYTES


def test_every_static_file_that_a_template_names_exists():
    named = {name for _, text in ours() for name in re.findall(r"{%\s*static\s+['\"]([^'\"]+)['\"]", text)}

    assert named
    assert [name for name in sorted(named) if finders.find(name) is None] == []


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (assets.STATIC / "img" / "sprite.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'id="i-([a-z-]+)"', sprite))
    used = {
        name
        for _, text in ours()
        for name in re.findall(r'_icon\.html" with (?:[\w="\s]*\s)?name="([a-z-]+)"', text)
    }

    assert used
    assert used - drawn == set()
