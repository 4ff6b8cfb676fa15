"""Files on cards."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from host.db import db
from host.errors import Invalid, NotFound
from host.files import File
from host.files.small import make_small


@pytest.fixture
def picture():
    """`picture(1600, 1200)`: a JPEG of noise."""

    def made(width=30, height=20, format="JPEG", **more):  # noqa: A002
        image = Image.effect_noise((width, height), 40).convert("RGB")
        image.save(written := BytesIO(), format, **more)
        written.seek(0)
        return written

    return made


def files():
    return db.session.scalars(select(File)).all()


def test_a_file_is_no_activity_and_no_event(card, member, log, travel):
    touched = card.last_active_at
    travel(days=1)
    attachment = card.attach(BytesIO(b"<script>"), "../a list.html", member)
    db.session.commit()
    assert (card.attachment(attachment.id), attachment.file.name, attachment.file.type) == (
        attachment,
        "a list.html",
        "text/plain",
    )
    assert (card.last_active_at, log(card)) == (touched, [])


def test_it_is_found_on_its_own_card_alone(board, card, owner):
    attachment = card.attach(BytesIO(b"x"), "x.txt", owner)
    with pytest.raises(NotFound):
        board.add_card("other").attachment(attachment.id)


def test_a_hundred_and_no_more(card, owner, monkeypatch):
    monkeypatch.setattr("host.models.card.attachable.MOST_FILES", 2)
    for number in range(2):
        card.attach(BytesIO(b"x"), f"{number}.txt", owner)
    with pytest.raises(Invalid):
        card.attach(BytesIO(b"x"), "third.txt", owner)


def test_a_large_picture_is_made_small_once_and_upright(card, owner, picture):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    attachment = card.attach(picture(2000, 1000, exif=exif), "wide.jpg", owner)
    make_small.run(attachment.id)
    make_small.run(attachment.id)
    db.session.commit()
    assert (attachment.file.width, attachment.file.height) == (1000, 2000)
    assert (attachment.small.width, attachment.small.height, attachment.small.type) == (300, 600, "image/webp")
    assert attachment.shown is attachment.small
    assert len(files()) == 2


def test_a_small_picture_and_what_is_gone_need_none(card, owner, picture):
    attachment = card.attach(picture(), "small.jpg", owner)
    make_small.run(attachment.id)
    make_small.run(4711)
    assert attachment.shown is attachment.file


def test_a_picture_covers_the_card(card, owner, picture):
    first, second = (card.attach(picture(), name, owner) for name in ("a.jpg", "b.jpg"))
    text = card.attach(BytesIO(b"x"), "x.txt", owner)
    card.cover_with(first)
    card.cover_with(second)
    db.session.commit()
    assert card.cover.attachment is second
    with pytest.raises(Invalid):
        card.cover_with(text)
    card.detach(second)
    db.session.commit()
    assert (card.cover, card.attachments) == (None, [first, text])


@pytest.mark.parametrize("end", ["thrown away", "delete", "board", "discard"])
def test_no_row_of_a_file_is_left_behind(board, card, owner, picture, end):
    card = board.draft(owner) if end == "discard" else card
    attachment = card.attach(picture(1000, 1000), "a.jpg", owner)
    make_small.run(attachment.id)
    if end != "thrown away":
        card.cover_with(attachment)
    db.session.commit()
    assert len(files()) == 2
    {
        "thrown away": attachment.throw_away,
        "delete": lambda: card.delete(by=owner),
        "board": lambda: board.delete(by=owner),
        "discard": card.discard,
    }[end]()
    db.session.commit()
    assert files() == []
