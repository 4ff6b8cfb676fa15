"""One Trello card as a card that arrives with its past."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from host.models.card.arrival import Arrival, Mark, Remark
from host.models.card.assignable import MOST_ASSIGNEES
from host.models.card.place import Place
from host.transfer.trello.document import Document, TrelloCard
from host.transfer.trello.history import Deed, Saying
from host.transfer.trello.people import People
from host.transfer.trello.tags import Tags
from host.transfer.trello.wording import description, fitting, steps, title_and_rest

NOBODY = Deed("", None)


@dataclass(frozen=True)
class Translation:
    """What a card needs to know of its board; everything is counted as it is translated."""

    document: Document
    people: People
    tags: Tags
    columns: Mapping[str, int]  # our column by the id of an open list
    archived: Collection[str]  # ids of the closed lists
    importer: int  # the user who brings the board in, and stands in for an unknown maker
    system: int  # stands in for an unknown speaker: nobody's words are put into another's mouth
    at: datetime
    keep_dates: bool
    counts: Counter[str]

    def arrival(self, card: TrelloCard, rank: int) -> Arrival:
        """The card; `rank` counts from the top of the board, for cards whose clocks start at one moment."""
        title, rest = title_and_rest(card, self.counts)
        created_at, active_at = self._created_at(card), self._active_at(card)
        comments = [self._remark(said, created_at) for said in self.document.history.comments.pop(card.id, ())]
        self.counts["missing_comments"] += max(0, card.comments_counted - len(comments))
        arrival = Arrival(
            title=title,
            description=description(card, rest, self.counts),
            creator=self.people.first(self._birth(card).member) or self.importer,
            created_at=created_at,
            last_active_at=active_at if self.keep_dates else self.at - timedelta(microseconds=rank),
            column=self.columns.get(card.list_id),
            closed=self._closing(card, active_at),
            steps=list(self._steps(card, active_at)),
            tags=self.tags.ids(card.labels),
            assignees=self._assignees(card),
            comments=comments,
        )
        self._count(arrival)
        return arrival

    def _birth(self, card: TrelloCard) -> Deed:
        return self.document.history.births.get(card.id, NOBODY)

    def _created_at(self, card: TrelloCard) -> datetime:
        return self._past(self._birth(card).at or card.born_at or card.last_active_at)

    def _active_at(self, card: TrelloCard) -> datetime:
        """Old exports may lack it; then the last word or the card's birth is the last sign of life."""
        said = [saying.at for saying in self.document.history.comments.get(card.id, ()) if saying.at]
        return self._past(card.last_active_at or max([*said, self._created_at(card)]))

    def _past(self, at: datetime | None) -> datetime:
        """No card was touched in the future, whatever the clock said that wrote it."""
        return min(at or self.at, self.at)

    def _closing(self, card: TrelloCard, active_at: datetime) -> Mark | None:
        if not card.closed and card.list_id not in self.archived:
            return None
        closings = self.document.history.closings
        deed = closings.get(card.id if card.closed else card.list_id, NOBODY)
        return Mark(self._past(deed.at or active_at), self.people.first(deed.member) or self.importer)

    def _steps(self, card: TrelloCard, active_at: datetime) -> Iterator[tuple[str, datetime | None]]:
        for id, words, done in steps(card, self.counts):  # noqa: A001
            tick = self.document.history.ticks.get(id, NOBODY)
            yield words, self._past(tick.at or active_at) if done else None

    def _assignees(self, card: TrelloCard) -> list[int]:
        found = [self.people.first(id) for id in card.member_ids]  # noqa: A001
        self.counts["unknown_assignees"] += found.count(None)
        return list(dict.fromkeys(user for user in found if user))[:MOST_ASSIGNEES]

    def _remark(self, saying: Saying, created_at: datetime) -> Remark:
        author = self.people.first(*saying.members)
        self.counts["unknown_authors"] += author is None
        return Remark(author or self.system, fitting(saying.text, self.counts), self._past(saying.at or created_at))

    def _count(self, arrival: Arrival) -> None:
        places = {Place.DONE: "cards_in_done", Place.COLUMN: "cards_in_columns", Place.MAYBE: "cards_in_maybe"}
        self.counts[places[arrival.place]] += 1
        self.counts["cards"] += 1
        self.counts["steps"] += len(arrival.steps)
        self.counts["steps_done"] += sum(done_at is not None for _text, done_at in arrival.steps)
        self.counts["comments"] += len(arrival.comments)
        self.counts["assignments"] += len(arrival.assignees)
