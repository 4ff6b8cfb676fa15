"""What one may choose to hear of."""

import pytest

from host import Invalid, events
from plugins.webhooks.kinds import HOSTS, UNHEARD, checked, groups, offered, words_of

pytestmark = pytest.mark.sqlite_only("no database is asked")


def test_every_kind_of_the_host_has_words_and_a_group(app):
    told = {name for _title, words in HOSTS for name in words}
    hosts = {each.name for each in vars(events).values() if isinstance(each, events.EventKind)}
    assert told == hosts - UNHEARD
    assert {name for group in groups() for name, _words in group.kinds} == offered()


def test_a_board_is_not_there_yet_when_it_is_made_and_a_notice_is_for_some_alone(app):
    assert {"board_created", "notice"} & offered() == set()


def test_those_of_a_plugin_stand_in_a_group_of_their_own(make_app):
    make_app(plugins=["webhooks", "entropy"])
    others = groups()[-1]
    assert others.title == "Others"
    assert ("entropy.card_stays", "Entropy: card stays") in others.kinds


@pytest.mark.parametrize(
    ("name", "words"), [("card_closed", "A card is done"), ("test", "A test"), ("gone.by_now", "Gone: by now")]
)
def test_each_can_be_said(app, name, words):
    assert words_of(name) == words


def test_all_is_all(app):
    assert checked(None) is None


def test_each_is_kept_once_and_in_order(app):
    assert checked(["comment_created", "card_closed", "card_closed"]) == ["card_closed", "comment_created"]


@pytest.mark.parametrize("chosen", [[], ["card_eaten"], ["card_closed", "notice"], [""]])
def test_none_and_what_there_is_not(app, chosen):
    with pytest.raises(Invalid) as refused:
        checked(chosen)
    assert list(refused.value.errors) == ["events"]


def test_what_was_chosen_stays_while_its_plugin_is_off(app):
    assert checked(["garden.watered"], kept=["garden.watered"]) == ["garden.watered"]
