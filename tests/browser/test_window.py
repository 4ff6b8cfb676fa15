"""The browser that the other tests look through."""


def test_a_person_is_signed_in_and_a_stranger_is_asked_to(page, window, board):
    page.goto(f"/boards/{board.id}")
    assert board.name in page.title()
    stranger = window(None).new_page()
    stranger.goto(f"/boards/{board.id}")
    assert stranger.url.partition("?")[0].endswith("/session/new")
