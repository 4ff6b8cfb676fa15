"""What a button of the composer makes of the sheet, before its words are kept: one more part, a text of its own, the
next free slots, pictures."""

import re
from dataclasses import replace

from flask import request

from host import Invalid, User, _, db
from plugins.publishing import picturing
from plugins.publishing.composer import Composer
from plugins.publishing.post import Post
from plugins.publishing.sheet import Sheet, Shot, wall
from plugins.publishing.slot import next_free

NUMBER = re.compile(r"[0-9]{1,18}")


def look(post: Post, sheet: Sheet, do: str, by: User) -> Sheet:
    """`do` is the button's word and what it is about: `shorter:mastodon:1`. What is no such word is a look at what was
    typed. Raises Fault."""
    word, _colon, about = do.partition(":")
    match word:
        case "longer":
            return sheet.longer(about)
        case "shorter":
            tab, _colon, number = about.partition(":")
            return sheet.shorter(tab, int(number)) if NUMBER.fullmatch(number) else sheet
        case "detach":
            return sheet.detached(about)
        case "attach":
            return sheet.attached(about)
        case "slot":
            return _in_slots(post, sheet, by)
        case "upload":
            return _with_more(post, sheet, by)
        case "drop" if NUMBER.fullmatch(about):
            return _without(post, sheet, int(about), by)
    return sheet


def _in_slots(post: Post, sheet: Sheet, by: User) -> Sheet:
    """Each connection at its own next free time."""
    chosen = Composer(post, by, sheet).chosen
    free = {each.id: at for each in chosen if (at := next_free(each, by.timezone))}
    if not free:
        raise Invalid({"at": [_("None of these connections has a free slot. Slots are set with the connection.")]})
    times = {key: wall(at, by.timezone) for key, at in free.items()}
    return replace(sheet, times={**sheet.times, **times})


def _with_more(post: Post, sheet: Sheet, by: User) -> Sheet:
    """Pictures are kept at once; words and times stay in the form as they were typed."""
    post.require(request.form.get("revision", 0, type=int))
    part = request.form.get("picture-part", 0, type=int)
    brought = [each for each in request.files.getlist("picture") if each.filename]
    if not brought:
        raise Invalid({"media": [_("Choose a picture first.")]})
    media = [picturing.add(post, each.stream, each.filename or "", by, part=part) for each in brought]
    db.session.commit()
    return replace(sheet, media=[*sheet.media, *(Shot(each.id, each.part, each.picture) for each in media)])


def _without(post: Post, sheet: Sheet, id: int, by: User) -> Sheet:  # noqa: A002
    post.require(request.form.get("revision", 0, type=int))
    picturing.remove(picturing.one_of(post, id), by)
    db.session.commit()
    return replace(sheet, media=[each for each in sheet.media if each.id != id])
