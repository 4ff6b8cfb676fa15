"""The sweep rests what the rules say, card by card: random spaces, read once by the sweep's sets and once naively."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from host import Account, Board, Card, Place, db, now
from host.jobs.pace import Pace
from plugins.entropy.duration import LONGEST, SHORTEST
from plugins.entropy.groups import groups
from plugins.entropy.models import AccountEntropy, BoardEntropy
from plugins.entropy.respite import Respite
from plugins.entropy.stay import Stay
from plugins.entropy.sweep import Sweep

from .conftest import DAY

TICK = timedelta(microseconds=1)
UNSET = "as above"  # the board follows its space, the space the default


@dataclass
class Leaf:
    """A card as it is drawn. It was touched so long before the sweep: `beside` a period of this many seconds."""

    place: Place
    golden: bool
    stays: bool
    near: int
    beside: timedelta
    respite: timedelta | None


@dataclass
class Branch:
    """A board."""

    period: object
    archived: bool
    leaves: list[Leaf] = field(default_factory=list)


lengths = st.sampled_from([SHORTEST, 7 * DAY, 30 * DAY, LONGEST]) | st.integers(SHORTEST, LONGEST)
periods = st.just(UNSET) | st.none() | lengths
edges = st.sampled_from([-TICK, timedelta(), TICK]) | st.timedeltas(timedelta(days=-20), timedelta(days=20))


@st.composite
def spaces(draw):
    """(the space's period, whether its gold stays, its boards)."""
    own = draw(periods)
    in_archive = st.sampled_from([False, False, True])
    trees = [Branch(draw(periods), draw(in_archive)) for _board in range(draw(st.integers(1, 3)))]
    said = [seconds for seconds in (own, *(tree.period for tree in trees)) if isinstance(seconds, int)]
    leaves = st.builds(
        Leaf,
        place=st.sampled_from([Place.MAYBE, Place.COLUMN]) | st.sampled_from(Place),
        golden=st.booleans(),
        stays=st.sampled_from([False, False, True]),
        near=st.sampled_from([30 * DAY, *said]),
        beside=edges,
        respite=st.none() | st.none() | edges,
    )
    for tree in trees:
        tree.leaves = draw(st.lists(leaves, max_size=4))
    return own, draw(st.booleans()), trees


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(space=spaces())
def test_the_sweep_rests_what_the_rules_say_of_each_card(app, space):
    at = now()
    account, expected = planted(*space, at)
    before = set(lying(account, Place.NOT_NOW))
    Sweep(account.id, at, Pace(), Counter()).over(groups(Board.account_id == account.id))
    db.session.expire_all()
    assert set(lying(account, Place.NOT_NOW)) - before == expected


def planted(own, golden_stays, trees, at):
    """The space, and the ids of the cards that are to rest."""
    owner = Account.open("Grove", owner_name="Ada", email=None)
    if own != UNSET:
        AccountEntropy.choose(owner.account, own, golden_stays=golden_stays)
    expected = set()
    for tree in trees:
        board = Board.create("Tree", by=owner, columns=["Branch"])
        if tree.period != UNSET:
            BoardEntropy.choose(board, tree.period)
        for leaf in tree.leaves:
            card = grown(board, leaf, at)
            if not tree.archived and rests(leaf, tree.period, own, golden_stays):
                expected.add(card.id)
        if tree.archived:
            board.archive(by=owner)
    db.session.commit()
    return owner.account, expected


def grown(board, leaf, at):
    owner = board.creator
    card = board.add_card("Leaf", by=owner, column=board.columns[0] if leaf.place is Place.COLUMN else None)
    if leaf.golden:
        card.gild(owner)
    if leaf.place is Place.NOT_NOW:
        card.postpone(owner)
    if leaf.place is Place.DONE:
        card.close(owner)
    if leaf.place is Place.REMOVED:
        card.remove(owner)
    if leaf.place is Place.DRAFT:
        card.place, card.creator = Place.DRAFT, None  # a person has one draft on a board
    card.last_active_at = at - untouched(leaf.near, leaf.beside)
    if leaf.stays:
        db.session.add(Stay(card_id=card.id))
    if leaf.respite is not None:
        db.session.add(Respite(card_id=card.id, since=at - untouched(leaf.near, leaf.respite)))
    db.session.flush()
    return card


def untouched(near, beside):
    return timedelta(seconds=near) + beside


def rests(leaf, period, own, golden_stays):
    """The rules, as a person reads them, of one card."""
    if leaf.place not in (Place.MAYBE, Place.COLUMN) or leaf.stays:
        return False
    if leaf.golden and golden_stays and own != UNSET:
        return False
    for said in (period, own, 30 * DAY):
        if said != UNSET:
            break
    if said is None:
        return False
    lain = untouched(leaf.near, leaf.beside)
    if leaf.respite is not None:
        lain = min(lain, untouched(leaf.near, leaf.respite))
    return lain >= timedelta(seconds=said)


def lying(account, place):
    return db.session.scalars(select(Card.id).where(Card.account_id == account.id, Card.place == place)).all()
