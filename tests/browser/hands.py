"""What a hand does in several moves."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Position, expect

CARRIED = ".sortable-fallback"  # what hangs on the pointer
GAP = ".sortable-ghost"  # where it would lie


def drag(
    what: Locator,
    onto: Locator,
    *,
    grasp: Position | None = None,
    at: Position | None = None,
    gap: Locator | None = None,
) -> None:
    """With the mouse; it is let go of when the gap is there: in `onto`, unless another is said."""
    with carried(what, onto, grasp=grasp, at=at):
        expect(gap or onto.locator(GAP)).to_have_count(1)


@contextmanager
def carried(
    what: Locator, onto: Locator, *, grasp: Position | None = None, at: Position | None = None
) -> Iterator[None]:
    """With the mouse: within, it hangs over `onto`."""
    mouse = what.page.mouse
    what.hover(position=grasp)
    mouse.down()
    box = what.bounding_box()
    assert box is not None
    onset = grasp or {"x": box["width"] / 2, "y": box["height"] / 2}
    mouse.move(box["x"] + onset["x"] + 8, box["y"] + onset["y"] + 8)
    expect(what.page.locator(CARRIED)).to_have_count(1)
    onto.hover(position=at, force=True)  # what is carried lies above it
    yield
    mouse.up()


def drag_natively(what: Locator, onto: Locator) -> None:
    """With the mouse, what the browser itself drags (`draggable`)."""
    mouse = what.page.mouse
    what.hover()
    mouse.down()
    onto.hover(force=True)
    expect(what).to_have_attribute("data-dragging", "")
    onto.hover(force=True)  # the first move only began it
    mouse.up()


@contextmanager
def held_by_a_finger(page: Page, what: Locator, onto: Locator, *, long: bool = True) -> Iterator[None]:
    """With a finger: within, it is over the middle of `onto`. A press that is not long is no hold."""
    wire = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    x, y = middle(what)
    touch("touchStart", (x, y))
    if long:
        expect(page.locator(".sortable-chosen")).to_have_count(1)
    to_x, to_y = middle(onto)
    for part in range(1, 11):
        touch("touchMove", (x + (to_x - x) * part / 10, y + (to_y - y) * part / 10))
    yield
    touch("touchEnd")


def middle(what: Locator) -> tuple[float, float]:
    """Of the part that is seen."""
    box = what.bounding_box()
    assert box is not None
    size = what.page.viewport_size
    assert size is not None
    right, bottom = min(box["x"] + box["width"], size["width"]), min(box["y"] + box["height"], size["height"])
    return (max(box["x"], 0) + right) / 2, (max(box["y"], 0) + bottom) / 2
