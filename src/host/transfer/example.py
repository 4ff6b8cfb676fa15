"""A small studio's month, to be looked at and thrown away: what the first-run page offers."""

from dataclasses import dataclass
from datetime import timedelta

from host.clock import now
from host.i18n import _
from host.models import Board, Column, User


@dataclass(frozen=True)
class Example:
    """A card of the example board; `age` is how many days ago it was last touched."""

    title: str
    age: float
    column: int | None = None
    tags: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    done_steps: int = 0
    text: str = ""
    comment: str = ""
    golden: bool = False
    closed: bool = False
    resting: bool = False


COLUMNS = ((_("Drafting"), "moss"), (_("In review"), "sky"), (_("Ready to publish"), "heather"))

CARDS = (
    Example(
        _("Start here: open this card"),
        0,
        tags=(_("tour"),),
        steps=(
            _("Tick this step"),
            _("Press Keep below and see the clock start again"),
            _("Move the card to Drafting"),
        ),
        text=_(
            "This is an example board. Play with it, then add one of your own from **Boards**.\n\n"
            "- The ring on each card shows how much of its life has gone by.\n"
            "- A card that nobody touches goes to **Not now** by itself. Nothing is deleted.\n"
            "- One touch brings it back: a comment, a move, or *Keep*."
        ),
    ),
    Example(_("Ask readers which repair they would print out"), 20, tags=(_("letters"),)),
    Example(_("Photo walk: the allotments before first frost"), 5, tags=(_("photo"),), comment=_("Sunday looks dry.")),
    Example(_("Try a slower newsletter for the winter"), 29.2, tags=(_("newsletter"),)),
    Example(_("Rewrite our About page in the second person"), 17, tags=(_("website"),)),
    Example(_("Pricing page, line by line"), 27.8, tags=(_("website"),)),
    Example(
        _("Autumn newsletter: the slow issue"),
        24,
        column=0,
        tags=(_("newsletter"),),
        steps=(
            _("Agree the running order"),
            _("Commission the drawing"),
            _("Draft the lead"),
            _("Proofread, test send"),
        ),
        done_steps=2,
        text=_("One long story, three short notes, no countdowns.\n\n> If nobody would miss it, leave it out."),
        comment=_("The bakery said yes."),
        golden=True,
    ),
    Example(
        _("Puncture repair in nine photographs"),
        0.5,
        column=0,
        tags=(_("photo"),),
        steps=(_("Shoot"), _("Pick nine")),
        done_steps=1,
    ),
    Example(_("Harvest diary, part two"), 1, column=0, steps=(_("Drying"), _("Sorting"), _("Storing")), done_steps=2),
    Example(_("Press kit for the cargo bike"), 2, column=1, tags=(_("bikes"),)),
    Example(_("Five soups, one pot"), 3, column=2, comment=_("Ready when you are.")),
    Example(_("Cycle-to-work leaflet, reprint"), 9, closed=True, tags=(_("bikes"),)),
    Example(_("Podcast pilot with the tea growers"), 45, resting=True),
)


def example_board(by: User) -> Board:
    """Make the board with cards of all ages."""
    board = Board.create(_("A studio’s month"), by=by)
    columns = [board.add_column(name, hue) for name, hue in COLUMNS]
    for example in CARDS:
        _add(board, example, by, columns)
    return board


def _add(board: Board, example: Example, by: User, columns: list[Column]) -> None:
    card = board.add_card(
        example.title,
        by=by,
        description=example.text,
        column=None if example.column is None else columns[example.column],
    )
    for tag in example.tags:
        card.tag(tag)
    for index, step in enumerate(example.steps):
        card.add_step(step, done=index < example.done_steps)
    if example.comment:
        card.comment(example.comment, by)
    card.gild(by, golden=example.golden)
    if example.closed:
        card.close(by)
    if example.resting:
        card.postpone(by)
    card.last_active_at = now() - timedelta(days=example.age)
