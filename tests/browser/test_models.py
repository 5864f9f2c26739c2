"""The catalog: filters with and without scripts, the state in the address, and the way out of nothing."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from catalog.models import Checkpoint

pytestmark = pytest.mark.usefixtures("course")

EMPTY = "/models/?family=llama&license=apache-2.0"


def count_of(**fields: str) -> int:
    return Checkpoint.objects.filter(**fields).count()


def results_of(page: Page) -> Locator:
    return page.get_by_role("region", name=re.compile(r"^\d+ of \d+ checkpoints$"))


def expect_count(page: Page, number: int) -> None:
    expect(page.get_by_role("heading", name=f"{number} of {count_of()} checkpoints")).to_be_visible()


def family(page: Page, name: str) -> Locator:
    return page.get_by_role("checkbox", name=re.compile(rf"^{name} \d+$"))


def license_box(page: Page, label: str) -> Locator:
    """Return a license's box, whether its facet is open or not."""
    name = re.compile(rf"^{re.escape(label)} \d+$")
    return page.get_by_role("checkbox", name=name, include_hidden=True)


def open_facet(page: Page, label: str) -> None:
    page.get_by_role("form", name="Filters").get_by_text(label, exact=True).first.click()


def test_filters_work_in_place(page: Page):
    qwen = count_of(family__slug="qwen")
    apache = count_of(family__slug="qwen", license__slug="apache-2.0")
    assert 0 < apache < qwen
    page.goto("/models/")
    expect_count(page, count_of())

    box = family(page, "Qwen")
    box.focus()
    page.keyboard.press("Space")
    expect_count(page, qwen)
    expect(page).to_have_url(re.compile(r"/models/\?family=qwen$"))
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    expect(page.get_by_role("status").first).to_have_text(f"{qwen} of {count_of()} checkpoints")

    open_facet(page, "License")
    choice = license_box(page, "Apache 2.0")
    expect(choice).to_have_accessible_name(f"Apache 2.0 {apache}")
    choice.focus()
    page.keyboard.press("Space")
    expect_count(page, apache)
    expect(page).to_have_url(re.compile(r"/models/\?family=qwen&license=apache-2\.0$"))
    expect(choice).to_be_focused()
    expect(box).to_have_accessible_name(f"Qwen {apache}")
    for row in page.get_by_role("row").filter(has=page.get_by_role("rowheader")).all():
        expect(row).to_contain_text("Qwen")

    page.go_back()
    expect_count(page, qwen)
    expect(license_box(page, "Apache 2.0")).not_to_be_checked()
    expect(family(page, "Qwen")).to_be_checked()
    page.go_back()
    expect_count(page, count_of())
    expect(family(page, "Qwen")).not_to_be_checked()
    page.go_forward()
    expect_count(page, qwen)

    page.reload()
    expect_count(page, qwen)
    expect(family(page, "Qwen")).to_be_checked()


def test_filters_work_without_scripts(plain_page: Page):
    page = plain_page
    page.goto("/models/")
    family(page, "Qwen").check()
    open_facet(page, "License")
    license_box(page, "Apache 2.0").check()
    page.get_by_role("button", name=re.compile("^Show")).click()

    expect_count(page, count_of(family__slug="qwen", license__slug="apache-2.0"))
    expect(family(page, "Qwen")).to_be_checked()
    assert "family=qwen" in page.url
    assert "license=apache-2.0" in page.url


def test_text_is_searched_while_typing(page: Page):
    page.goto("/models/")
    field = page.get_by_role("searchbox", name="Name")
    field.press_sequentially("mixtral")

    expect(page).to_have_url(re.compile(r"q=mixtral"))
    expect_count(page, count_of(name__icontains="mixtral"))
    expect(field).to_be_focused()
    expect(field).to_have_value("mixtral")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_empty_result_offers_a_way_out(page: Page, plain_page: Page, scripts: bool):
    page = page if scripts else plain_page
    page.goto(EMPTY)
    expect_count(page, 0)
    way_out = page.get_by_role("link", name=re.compile("^Drop"))
    promised = int(re.findall(r"(\d+) checkpoint", way_out.inner_text())[0])
    way_out.click()

    expect_count(page, promised)
    assert promised > 0


def test_filters_are_opened_and_used_on_a_phone(page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/models/")
    expect(family(page, "Qwen")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Filters")).click()
    family(page, "Qwen").check()
    qwen = count_of(family__slug="qwen")
    show = page.get_by_role("button", name=f"Show {qwen} checkpoints")
    expect(show).to_be_visible()
    show.click()

    expect_count(page, qwen)
    expect(family(page, "Qwen")).to_be_hidden()


def test_data_holds_the_rows_of_the_page(page: Page):
    page.goto("/models/?family=mistral&work=yes")
    heading = page.get_by_role("heading", name=re.compile("checkpoints$")).inner_text()
    address = page.get_by_role("link", name="JSON").get_attribute("href")
    assert address is not None
    data = page.request.get(address).json()

    assert data["count"] == len(data["results"]) == int(heading.split()[0])
    names = {row["name"] for row in data["results"]}
    shown = results_of(page).get_by_role("rowheader").get_by_role("link").all_inner_texts()
    assert shown
    assert set(shown) <= names


def test_checkpoint_answers_for_a_machine_with_its_sources(page: Page):
    page.goto("/models/?q=mixtral")
    page.get_by_role("link", name="Mixtral 8x7B Instruct", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mixtral 8x7B Instruct")
    expect(page.get_by_role("link", name=re.compile("^Apache 2.0"))).not_to_have_count(0)
    expect(page.get_by_role("listitem").filter(has_text="seen 23 November 2026")).not_to_have_count(0)

    form = page.get_by_role("form", name="Machine and context")
    form.get_by_label("My machine").select_option("geforce-rtx-4090-24gb")
    form.get_by_role("button", name="Compute").click()
    expect(page.get_by_role("heading", name="Sizes on your machine")).to_be_in_viewport()
    expect(page.get_by_role("row", name=re.compile("^Q4_K_M"))).to_contain_text("27.9")
