"""Streams in the event loop: who gets what, in which order, and how streams end."""

import asyncio

import pytest

from host.db import db
from host.live.gate import Listener
from host.live.hub import REMEMBERED, Hub
from host.live.message import Message
from host.live.stream import MOST_WAITING
from host.models import UserSession
from host.models.session import digest
from tests.host.live.visits import ADA, BEN, CLEO, PATIENCE, Visit, settled

pytestmark = pytest.mark.sqlite_only("the hub itself asks no database")


def test_a_message_reaches_those_whom_it_concerns(in_hub):
    async def story(hub: Hub) -> None:
        ada, ben, cleo = [await Visit(hub, who).opened() for who in (ADA, BEN, CLEO)]
        hub.publish(Message(1, ("card 1",), frozenset({ADA.user_id})))
        hub.publish(Message(1, ("jobs",)))
        hub.publish(Message(2, ("last",)))
        await ada.heard("jobs")
        await ben.heard("jobs")
        await cleo.heard("last")
        assert (ada.topics, ben.topics, cleo.topics) == (["card 1", "jobs"], ["jobs"], ["last"])

    in_hub(story)


def test_what_waits_for_a_slow_browser_is_written_once(in_hub):
    async def story(hub: Hub) -> None:
        ada = await Visit(hub).opened()
        ada.reads.clear()
        for _again in range(10):
            hub.publish(Message(1, ("board 1", "card 1")))
        hub.publish(Message(1, ("last",)))
        await settled()
        ada.reads.set()
        await ada.heard("last")
        # The first was on its way already when the others came.
        assert ada.topics[-3:] == ["board 1", "card 1", "last"]
        assert len(ada.topics) <= 5

    in_hub(story)


def test_a_browser_that_falls_far_behind_asks_for_everything(in_hub):
    async def story(hub: Hub) -> None:
        ada = await Visit(hub).opened()
        ada.reads.clear()
        hub.publish(Message(1, ("first",)))
        await settled()
        hub.publish(Message(1, tuple(f"card {number}" for number in range(MOST_WAITING + 1))))
        await settled()
        ada.reads.set()
        await ada.heard("everything")
        assert ada.topics == ["first", "everything"]

    in_hub(story)


def test_a_stream_goes_on_from_the_position_of_its_page(in_hub):
    async def story(hub: Hub) -> None:
        hub.publish(Message(1, ("before",)))
        await settled()
        position = hub.position
        hub.publish(Message(1, ("between",)))
        hub.publish(Message(2, ("elsewhere",)))
        await settled()
        ada = await Visit(hub, ADA, position).opened()
        hub.publish(Message(1, ("after",)))
        await ada.heard("after")
        assert ada.topics == ["between", "after"]
        assert f"id: {hub.position}\ndata: after\n\n" in ada.text

    in_hub(story)


def test_a_position_that_says_nothing_here_makes_the_page_ask_for_everything(in_hub):
    async def story(hub: Hub) -> None:
        for since in ("", "0000.0", "nonsense", f"{hub.position}x", f"{hub.position.partition('.')[0]}.-1",
                      f"{hub.position}{'0' * 5000}"):  # fmt: skip
            ada = await Visit(hub, ADA, since).opened()
            await ada.heard("data")
            assert ada.topics == ["everything"], since

    in_hub(story)


def test_a_position_from_too_long_ago_makes_the_page_ask_for_everything(in_hub):
    async def story(hub: Hub) -> None:
        position = hub.position
        for _each in range(REMEMBERED):
            hub.publish(Message(1, ("jobs",)))
        await settled()
        just_in_time = await Visit(hub, ADA, position).opened()
        hub.publish(Message(1, ("jobs",)))
        await settled()
        too_late = await Visit(hub, ADA, position).opened()
        await just_in_time.heard("jobs")
        await too_late.heard("everything")
        assert "everything" not in just_in_time.topics

    in_hub(story)


def test_a_program_that_shows_nothing_yet_hears_only_what_comes(in_hub):
    async def story(hub: Hub) -> None:
        hub.publish(Message(1, ("before",)))
        await settled()
        ada = await Visit(hub, ADA, None).opened()
        hub.publish(Message(1, ("after",)))
        await ada.heard("after")
        assert ada.topics == ["after"]

    in_hub(story)


def test_lost_messages_make_all_pages_ask_again_open_ones_and_those_on_their_way(in_hub):
    async def story(hub: Hub) -> None:
        position = hub.position
        ada = await Visit(hub).opened()
        hub.publish_lost()
        await ada.heard("everything")
        ben = await Visit(hub, BEN, position).opened()
        await ben.heard("everything")

    in_hub(story)


def test_a_browser_that_leaves_is_forgotten(in_hub):
    async def story(hub: Hub) -> None:
        visit = Visit(hub)
        (await visit.opened()).leave()
        await asyncio.wait_for(visit.task, PATIENCE)
        assert not hub.streams

    in_hub(story)


def test_closing_writes_what_waits_and_ends_every_stream(in_hub):
    async def story(hub: Hub) -> None:
        visit = Visit(hub)
        ada = await visit.opened()
        hub.publish(Message(1, ("last",)))
        await settled()
        await hub.close()
        await asyncio.wait_for(visit.task, PATIENCE)
        assert ada.topics == ["last"]
        assert ada.closed
        hub.publish(Message(1, ("too late",)))  # says nothing and does nothing

    in_hub(story)


def test_closing_does_not_wait_for_a_browser_that_reads_no_more(in_hub):
    async def story(hub: Hub) -> None:
        visit = Visit(hub)
        ada = await visit.opened()
        ada.reads.clear()
        hub.publish(Message(1, ("never read",)))
        await settled()
        await hub.close()
        await asyncio.wait_for(visit.task, PATIENCE)
        assert not ada.closed

    in_hub(story)


def test_streams_are_kept_alive_and_those_of_revoked_sessions_ended(in_hub, owner):
    signed_in = UserSession.open(owner)
    db.session.commit()
    valid = Listener(owner.id, owner.account_id, digest(signed_in.session_key))

    async def story(hub: Hub) -> None:
        revoked, kept = Visit(hub, ADA), Visit(hub, valid)
        await (await kept.opened()).heard(": still here")
        await asyncio.wait_for(revoked.task, PATIENCE)
        assert revoked.browser.closed
        assert not kept.task.done()

    in_hub(story, beat=0.01)
