"""Markdown by buttons and keys, with the browser's own undo."""

import pytest
from playwright.sync_api import Page, expect

from host.db import db

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da6364f8cf50"
    "0f00038601805a347d6b0000000049454e44ae426082"
)
SELECT = "([field, from, to]) => { document.querySelector(field).setSelectionRange(from, to); }"


@pytest.fixture
def at(board, owner, page) -> Page:
    """Ada's tab with her card open."""
    board.add_card("Cut the reeds", by=owner)
    db.session.commit()
    page.goto("/cards/1")
    return page


@pytest.fixture
def pressed(at, say):
    """pressed("Bold", "cut [the] reeds"): what becomes of words, of which those in brackets are selected."""

    def press(name, words):
        start, end = words.rindex("["), words.rindex("]") - 1
        say.fill(words[:start] + words[start + 1 : end + 1] + words[end + 2 :])
        at.evaluate(SELECT, ["#say", start, end])
        button(at, name).click()
        expect(say).to_be_focused()
        return say.evaluate("at => [at.selectionStart, at.selectionEnd].concat(at.value)")

    return press


def button(page, name):
    return page.locator("#talk").get_by_role("toolbar", name="Formatting").get_by_role("button", name=name, exact=True)


def shown(selected):
    """The words, with those that are selected in brackets."""
    start, end, value = selected
    return f"{value[:start]}[{value[start:end]}]{value[end:]}"


@pytest.mark.parametrize(
    ("name", "words", "then"),
    [
        ("Bold", "cut [the reeds ]now", "cut **[the reeds]** now"),
        ("Bold", "cut **[the]** reeds", "cut [the] reeds"),
        ("Bold", "cut [**the**] reeds", "cut [the] reeds"),
        ("Bold", "cut [] reeds", "cut **[]** reeds"),
        ("Italic", "**[the]**", "**_[the]_**"),
        ("Code", "[x = 1]", "`[x = 1]`"),
        ("Heading", "one\ntw[]o", "one\n## tw[]o"),
        ("Heading", "## tw[]o", "tw[]o"),
        ("List", "a\n[b\n\nc\n]d", "a\n[- b\n\n- c]\nd"),
        ("List", "[1. a\n2. b]", "[- a\n- b]"),
        ("List", "[]", "- []"),
        ("List", "- a[]", "a[]"),
        ("Numbered list", "[a\nb]", "[1. a\n2. b]"),
        ("Task list", "[- a\n  - b]", "[- [ ] a\n  - [ ] b]"),
        ("Task list", "- [x] a[]", "a[]"),
        ("Quotation", "[- a\n- b]", "[> - a\n> - b]"),
        ("Link", "see [the book]", "see [the book]([https://])"),
        ("Link", "[https://example.org/a]", "[[]](https://example.org/a)"),
    ],
)
def test_a_button_marks_what_is_selected_and_takes_the_mark_away(pressed, name, words, then):
    assert shown(pressed(name, words)) == then


def test_lines_of_code_are_fenced(pressed):
    assert pressed("Code", "so: [a\nb] end")[2] == "so: \n```\na\nb\n``` end"


def test_keys_do_the_same_and_the_browser_undoes_them(at, say):
    at.keyboard.type("cut the reeds")
    at.keyboard.press("Control+Shift+ArrowLeft")
    at.keyboard.press("Control+b")
    expect(say).to_have_value("cut the **reeds**")
    at.keyboard.press("Control+i")
    expect(say).to_have_value("cut the **_reeds_**")
    at.keyboard.press("Control+k")
    expect(say).to_have_value("cut the **_[reeds](https://)_**")
    expect(at.locator("#palette")).not_to_be_visible()
    for before in ("cut the **_reeds_**", "cut the **reeds**", "cut the reeds"):
        at.keyboard.press("Control+z")
        expect(say).to_have_value(before)
    at.keyboard.press("Control+y")
    expect(say).to_have_value("cut the **reeds**")


def test_the_palette_keeps_its_key_elsewhere(at):
    at.locator("h1").click()
    at.keyboard.press("Control+k")
    expect(at.locator("#palette")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "then"),
    [
        (("- a", "b"), "- a\n- b"),
        (("  * a", "b"), "  * a\n  * b"),
        (("9. a", "b"), "9. a\n10. b"),
        (("- [x] a", "b"), "- [x] a\n- [ ] b"),
        (("> a", "b"), "> a\n> b"),
        (("> - a", "b"), "> - a\n> - b"),
        (("- a", "", "b"), "- a\nb"),
        (("a", "b"), "a\nb"),
        (("```", "- a", "b"), "```\n- a\nb"),
    ],
)
def test_enter_goes_on_with_a_list_and_ends_it(at, say, typed, then):
    for line in typed[:-1]:
        at.keyboard.type(line)
        at.keyboard.press("Enter")
    at.keyboard.type(typed[-1])
    expect(say).to_have_value(then)


def test_shift_and_enter_is_a_plain_line(at, say):
    at.keyboard.type("- a")
    at.keyboard.press("Shift+Enter")
    at.keyboard.type("b")
    expect(say).to_have_value("- a\nb")


def test_one_stop_for_tab_and_arrows_between_the_buttons(at, say):
    at.keyboard.press("Tab")
    expect(button(at, "Bold")).to_be_focused()
    at.keyboard.press("ArrowLeft")
    expect(button(at, "Preview")).to_be_focused()
    at.keyboard.press("ArrowRight")
    at.keyboard.press("ArrowRight")
    expect(button(at, "Italic")).to_be_focused()
    at.keyboard.press("End")
    at.keyboard.press("Home")
    expect(button(at, "Bold")).to_be_focused()
    at.keyboard.press("Enter")
    expect(say).to_have_value("****")
    expect(say).to_be_focused()


def test_a_picture_is_chosen_brought_and_stands_where_the_caret_was(at, say):
    say.fill("Look:  there")
    at.evaluate(SELECT, ["#say", 6, 6])
    with at.expect_file_chooser() as chosen:
        button(at, "Picture").click()
    chosen.value.set_files([{"name": "oak.png", "mimeType": "image/png", "buffer": PICTURE}])
    expect(say).to_have_value("Look: ![oak.png](/cards/1/files/1) there")


@pytest.mark.parametrize(
    ("address", "label"),
    [("/cards/1?edit=1", "Description"), ("/boards/1/edit", "What it is for"), ("/cards/2", "Description")],
)
def test_every_field_of_markdown_has_its_buttons(at, board, owner, address, label):
    board.draft(owner)
    db.session.commit()
    at.goto(address)
    field = at.get_by_label(label, exact=True)
    field.click()
    at.keyboard.type("reeds")
    at.keyboard.press("Control+a")
    at.keyboard.press("Control+b")
    expect(field).to_have_value("**reeds**")
    inside = at.locator(".field").filter(has=field).get_by_role("toolbar", name="Formatting")
    inside.get_by_role("button", name="Bold").click()
    expect(field).to_have_value("reeds")
    assert inside.get_by_role("button", name="Picture").count() == (0 if address.startswith("/boards") else 1)


def test_the_eye_shows_what_becomes_of_the_words(at, say):
    say.fill("- [x] **Oil** it")
    eye = button(at, "Preview")
    eye.click()
    shown = at.get_by_role("region", name="Preview")
    expect(shown.locator("strong")).to_have_text("Oil")
    expect(say).to_be_hidden()
    expect(eye).to_have_attribute("aria-pressed", "true")
    eye.click()
    expect(say).to_be_focused()
    expect(shown).to_have_count(0)
    eye.click()
    expect(shown).to_be_visible()
    button(at, "Quotation").click()
    expect(say).to_have_value("> - [x] **Oil** it")
    say.fill("")
    eye.click()
    expect(shown).to_have_text("Nothing is written yet.")
    at.get_by_role("button", name="Comment", exact=True).click()
    expect(say).to_be_focused()


def test_tasks_are_shown_as_boxes(at, say):
    say.fill("- [ ] Oil it\n- [x] Cut")
    at.get_by_role("button", name="Comment", exact=True).click()
    boxes = at.locator(".comment .prose").get_by_role("checkbox")
    expect(boxes).to_have_count(2)
    expect(boxes.last).to_be_checked()
    expect(boxes.first).to_be_disabled()


def test_without_scripts_a_field_is_a_field(at, window, owner):
    page = window(owner, java_script_enabled=False).new_page()
    page.goto("/cards/1")
    expect(page.get_by_label("Write a comment")).to_be_visible()
    expect(page.get_by_role("toolbar")).to_have_count(0)
