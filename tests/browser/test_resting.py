"""What rests soon, kept from the banner without leaving the board."""

from datetime import timedelta

from playwright.sync_api import expect

from host import now


def test_keeping_a_card_redraws_its_column_and_the_banner_where_they_stand(window, owner, board):
    for title, days in (("Sort the seeds", 29), ("Mend the fence", 28)):
        card = board.add_card(title, by=owner, column=board.columns[0])
        card.last_active_at = now() - timedelta(days=days)
    address, column = f"/boards/{board.id}", f"#col-{board.columns[0].id}"
    page = window(owner).new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="2 cards will rest soon")).to_be_visible()
    page.get_by_role("button", name="Keep card 1").click()
    expect(page.get_by_role("heading", name="One card will rest soon")).to_be_visible()
    expect(page.locator(f"#parcel > {column} .card").first).to_contain_text("Sort the seeds")
    page.get_by_role("button", name="Keep card 2").click()
    expect(page.locator(".resting")).to_have_count(0)
    expect(page.locator(f"#parcel > {column} .card")).to_have_count(2)
