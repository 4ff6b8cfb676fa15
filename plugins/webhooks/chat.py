"""An event as a line in a chat, in the dialect of each. What people wrote is escaped once, so that no title becomes a
link to elsewhere or calls everybody."""

import json
import re
from collections.abc import Mapping

from host import _, absolute_url_for, event_lines, plain
from plugins.webhooks.kinds import words_of
from plugins.webhooks.news import News
from plugins.webhooks.payload import board_url

MOST = 700  # characters of a sentence: escaping doubles them at most, and Discord takes 2,000 in all
LONGEST_EXCERPT = 500
MARKDOWN = re.compile(r"([\\`*_~|<>\[\]()#!])")
UNSEEN = "\u200b"  # between @ and a name, so that nobody is called


def slack(news: News) -> str:
    """Slack's own marks; of three characters it makes something, all others are as they were."""
    subject, url, said = _parts(news)
    return _json({"text": f"<{url}|{_slack(subject)}>: {_slack(said)}", "unfurl_links": False})


def discord(news: News) -> str:
    subject, url, said = _parts(news)
    text = f"[{_markdown(subject)}](<{url}>): {_markdown(said)}"
    return _json({"content": text, "allowed_mentions": {"parse": []}})


def text(news: News) -> str:
    """Markdown in `text`, as Mattermost, Teams and others take it."""
    subject, url, said = _parts(news)
    return _json({"text": f"[{_calm(_markdown(subject))}]({url}): {_calm(_markdown(said))}"})


def _parts(news: News) -> tuple[str, str, str]:
    """What it is about, where that is, what happened."""
    if news.card is None:
        return news.board.name, board_url(news.board), _sentence(news)
    url = absolute_url_for("cards.show", number=news.card.number)
    return f"#{news.card.number} {news.card.title}", url, _sentence(news)


def _sentence(news: News) -> str:
    if news.event is None:
        return _("This is how you will hear of what happens on this board.")
    lines = event_lines([news.event]) if news.card else []
    said = lines[0].text if lines else _own_words(news)
    return said[:MOST]


def _own_words(news: News) -> str:
    """Of kinds that a card's story leaves out."""
    who = news.actor.name if news.actor else _("System")
    told: Mapping[str, str] = {
        "card_published": _("%(who)s added this", who=who),
        "card_description_changed": _("%(who)s changed the description", who=who),
        "card_board_changed": _("%(who)s moved “%(title)s” to another board", who=who, title=_told(news, "title")),
        "card_deleted": _("%(who)s removed “%(title)s”", who=who, title=_told(news, "title")),
        "reaction_created": _("%(who)s reacted: %(reaction)s", who=who, reaction=_told(news, "content")),
        "column_deleted": _("%(who)s removed the column %(column)s", who=who, column=_told(news, "column")),
    }
    if news.comment is not None:
        return _("%(who)s: %(words)s", who=who, words=plain(news.comment.body)[:LONGEST_EXCERPT])
    return told.get(news.kind) or words_of(news.kind)


def _told(news: News, what: str) -> str:
    return str(news.particulars.get(what, ""))


def _slack(said: str) -> str:
    return said.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _markdown(said: str) -> str:
    return MARKDOWN.sub(r"\\\1", said)


def _calm(said: str) -> str:
    return said.replace("@", f"@{UNSEEN}")


def _json(body: Mapping[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False)
