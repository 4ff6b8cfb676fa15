"""What a change on the board answers to the page that asked for it."""

HTMX = {"HX-Request": "true"}


def test_a_column_takes_the_place_of_the_old_one_without_anything_around_it(client, board):
    card = board.add_card("Sow", column=board.columns[0])
    answer = client.post(f"/cards/{card.number}/keeping", headers=HTMX)
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.text.lstrip().startswith("<section")
    section = answer.text[: answer.text.index(">")]
    assert f'id="col-{board.columns[0].id}"' in section
    assert 'hx-swap-oob="true"' in section


def test_on_a_whole_page_no_column_asks_to_be_swapped(client, board):
    page = client.get(f"/boards/{board.id}").text
    assert page.count("<section") == page.count('<section class="column"') == 5
    assert "hx-swap-oob" not in page
