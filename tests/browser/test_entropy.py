"""Entropy under the hands: considering a period, seeing only what rests soon, letting a card wake or stay awake."""

from datetime import timedelta

from playwright.sync_api import expect

from host import local_time, now
from plugins.entropy import sweep

SPACE = "/settings/plugin/entropy/entropy"


def test_a_choice_shows_its_effect_before_it_is_saved(window, owner, aged):
    aged("Mend the fence", days=8)
    page = window(owner).new_page()
    page.goto(SPACE)
    effect = page.locator("#effect")
    expect(effect).to_have_text("Nothing rests at the next sweep.")
    page.get_by_text("7 days", exact=True).click()
    expect(effect).to_have_text("With this, the next sweep would rest 1 card on 1 board.")
    expect(page.locator("#trail")).to_contain_text("Day 7")
    page.get_by_text("Custom", exact=True).click()
    page.get_by_label("How many").fill("0")
    expect(effect).to_have_text("Choose between one minute and ten years.")
    page.get_by_label("How many").fill("9")
    expect(effect).to_have_text("With this, nothing would rest at the next sweep.")
    page.reload()
    expect(effect).to_have_text("Nothing rests at the next sweep.")


def test_the_amount_is_asked_for_only_where_it_counts(window, owner, board):
    address = f"/boards/{board.id}/settings/entropy/entropy"
    page = window(owner).new_page()
    page.goto(address)
    amount = page.get_by_label("How many")
    expect(amount).to_be_hidden()
    page.get_by_text("Custom", exact=True).click()
    expect(amount).to_be_visible()


def test_without_javascript_a_button_shows_the_effect(window, owner, aged):
    aged("Mend the fence", days=8)
    page = window(owner, java_script_enabled=False).new_page()
    page.goto(SPACE)
    page.get_by_text("7 days", exact=True).click()
    page.get_by_role("button", name="Show the effect").click()
    expect(page.locator("#effect")).to_have_text("With this, the next sweep would rest 1 card on 1 board.")
    page.get_by_role("button", name="Save the default").click()
    expect(page.locator("#effect")).to_have_text("The next sweep rests 1 card on 1 board.")


def test_a_narrowed_board_stays_narrowed_while_one_works_on_it(window, owner, board, aged):
    address, column = f"/boards/{board.id}", f"#col-{board.columns[0].id}"
    for title, days in (("Sort the seeds", 29), ("Mend the fence", 28), ("Fresh", 1)):
        aged(title, column=board.columns[0], days=days)
    page = window(owner).new_page()
    page.goto(address)
    page.get_by_role("link", name="Resting soon 2").click()
    cards = page.locator(f"{column} .card")
    expect(cards).to_have_count(2)
    page.get_by_role("button", name="Keep card 1").click()
    expect(cards).to_have_count(1)
    expect(page.locator("#only-soon")).to_have_text("Resting soon 1")
    page.locator(f"{column} .fold button").click()
    expect(cards).to_have_count(0)
    page.locator(f"{column} .fold button").click()
    expect(cards).to_have_count(1)
    page.locator("#only-soon").click()
    expect(cards).to_have_count(3)


def test_a_folded_column_says_how_many_rest_soon(window, owner, board, aged):
    aged("Sort the seeds", column=board.columns[0], days=29)
    address, id_ = f"/boards/{board.id}", f"#col-{board.columns[0].id}"
    page = window(owner).new_page()
    page.goto(address)
    column = page.locator(id_)
    expect(column.locator(".soon")).to_be_hidden()
    column.locator(".fold button").click()
    expect(column.locator(".soon")).to_be_visible()
    expect(column.get_by_role("button", name="Writing 1 (1 card rests soon)")).to_be_visible()


def test_a_resting_card_is_given_a_day_and_then_kept_awake(window, owner, aged):
    card = aged("Sort the seeds", days=3)
    card.postpone(owner)
    address = f"/cards/{card.number}"
    page = window(owner).new_page()
    page.goto(address)
    expect(page.locator("#life")).to_contain_text("Put to rest by Ada Field, ")
    day = local_time(now()).date() + timedelta(days=3)
    page.get_by_label("Wake on").fill(str(day))
    page.locator("#wake-on").click()
    expect(page.locator("#life")).to_contain_text(f"Wakes {day.day} ")
    page.get_by_role("button", name="Stay awake").click()
    expect(page.locator("#life")).to_contain_text("No sweep takes it.")
    expect(page.locator("#talk")).to_contain_text("Ada Field lets this stay awake")
    page.get_by_role("button", name="Let it rest again").click()
    expect(page.locator("#life")).to_contain_text("unless someone touches it.")


def test_a_refused_day_stays_beside_its_field(window, owner, aged):
    card = aged("Sort the seeds", days=3)
    card.postpone(owner)
    address = f"/cards/{card.number}"
    page = window(owner).new_page()
    page.goto(address)
    page.locator("#wake-date").evaluate("field => { field.removeAttribute('min'); field.value = '2020-01-01'; }")
    page.locator("#wake-on").click()
    expect(page.locator("#wake-date-errors")).to_have_text("Choose a day after today, within ten years.")
    expect(page.locator("#wake-date")).to_have_value("2020-01-01")


def test_a_phone_has_room_for_undo(window, owner, aged):
    aged("Sort the seeds", days=31)
    sweep.run()
    phone = window(owner, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    phone.goto(SPACE)
    box = phone.get_by_role("button", name="Undo the sweep").bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
