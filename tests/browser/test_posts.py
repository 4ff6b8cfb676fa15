"""Posts under the hands: composing, the text and the time of one network, the calendar, failures, questions."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from host.clock import now
from host.db import db, reading
from plugins.publishing.attempt import Attempt
from plugins.publishing.connection import Connection
from plugins.publishing.part import Part, PartState
from plugins.publishing.post import Post
from plugins.publishing.scheduling import choose, schedule
from plugins.publishing.states import State
from plugins.publishing.target import Target
from tests.browser.hands import drag_natively
from tests.browser.test_pages import PHONE, barriers

SCHEMES = ["light", "dark"]


@pytest.fixture
def connections(owner):
    """Mastodon and Bluesky, at which nobody is asked anything."""
    made = [
        Connection(account=owner.account, owner=owner, platform=platform, remote_id=handle, handle=handle)
        for platform, handle in (("mastodon", "@ada@peer.example"), ("bluesky", "ada.example"))
    ]
    db.session.add_all(made)
    db.session.commit()
    return made


@pytest.fixture
def noon(owner):
    """In the middle of a month to come, so that a week before and after is on the same page."""
    ahead = (now() + timedelta(days=40)).astimezone(owner.timezone)
    db.session.commit()  # who looks into the database locks the server out
    return ahead.replace(day=15, hour=12, minute=0, second=0, microsecond=0)


@pytest.fixture
def planned(owner, connections, noon):
    """planned(State.FAILED): a post of Ada's on Mastodon that came to this; its address."""

    def made(state: State = State.SCHEDULED, why: str | None = None) -> str:
        post = Post.draft(owner, ["The kettle is on."])
        choose(post, connections[:1])
        schedule(post, noon, owner)
        target = post.targets[0]
        target.state, target.why = state, why
        if state is State.UNCONFIRMED:
            target.asks = True
            target.parts.append(Part(number=0, state=PartState.UNCONFIRMED, key="k", at=now(), body=b"{}"))
            target.parts[0].attempts.append(Attempt(sent_at=now(), ended_at=now(), outcome="unknown"))
        address = f"/publishing/posts/{post.id}"
        db.session.commit()
        return address

    return made


@pytest.fixture
def kept():
    """kept(lambda post: post.texts): what is stored of the newest post, without locking the server out."""

    def look(ask):
        with reading():
            db.session.rollback()
            found = ask(db.session.scalars(db.select(Post).order_by(Post.id.desc()).limit(1)).one())
            db.session.rollback()
        return found

    return look


def times(post: Post) -> list[str]:
    return [target.due_at.astimezone(post.author.timezone).strftime("%d %H:%M") for target in post.targets]


def states(post: Post) -> list[State]:
    return [target.state for target in post.targets]


def test_a_post_is_written_with_a_text_and_a_time_of_one_network(page: Page, connections, noon, kept):
    at = noon.strftime("%Y-%m-%dT%H:%M")
    later = (noon + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M")
    page.goto("/publishing")
    page.get_by_role("button", name="New post").click()
    page.get_by_label("Shared text").fill("A patch and twelve quiet minutes.")
    page.locator(".targets").get_by_label("Mastodon", exact=False).first.check()
    expect(page.locator("#tab-count-mastodon")).to_have_text("33/500")
    page.locator(".targets").get_by_role("checkbox", name="Bluesky").check()
    expect(page.locator("#tab-count-bluesky")).to_have_text("33/300")
    page.locator("label:has(#tab-bluesky)").click()
    page.get_by_role("button", name="Give it its own text").click()
    page.get_by_label("Text for Bluesky").fill("A patch.")
    expect(page.locator("#tab-count-bluesky")).to_have_text("own 8/300")
    expect(page.locator("#previews section:visible .said")).to_have_text("A patch.")
    page.get_by_label("All at").fill(at)
    expect(page.get_by_label("Time on Mastodon")).to_have_value(at)
    page.get_by_label("Time on Bluesky").fill(later)
    page.get_by_role("button", name="Schedule").click()
    expect(page.locator(".toast")).to_contain_text("Scheduled.")
    assert kept(lambda post: (post.texts, post.texts_for("bluesky"))) == (
        ["A patch and twelve quiet minutes."],
        ["A patch."],
    )
    assert kept(times) == [noon.strftime("%d %H:%M"), (noon + timedelta(hours=5)).strftime("%d %H:%M")]


def test_counting_while_typing_never_touches_the_text(page: Page, planned):
    page.goto(planned())
    text = page.get_by_label("Shared text")
    text.fill("x" * 501)
    expect(page.locator("#tab-count-mastodon")).to_have_text("501/500")
    page.locator("label:has(#tab-mastodon)").click()
    expect(page.locator("#troubles-mastodon")).to_contain_text("1 character too long for Mastodon.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".targets .errors")).to_contain_text("1 character too long for Mastodon.")
    page.locator("label:has(#tab-all)").click()
    expect(text).to_have_value("x" * 501)


def test_a_draft_keeps_itself_while_it_is_typed(page: Page, owner, connections, kept):
    post = Post.draft(owner, ["Before"])
    address = f"/publishing/posts/{post.id}"
    db.session.commit()
    page.goto(address)
    page.get_by_label("Shared text").press_sequentially(" and after")
    expect(page.locator("#kept")).to_have_text("Draft kept")
    assert kept(lambda post: post.texts) != ["Before"]
    page.get_by_label("All at").fill("2031-05-06T10:00")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".toast")).to_contain_text("Kept as a draft.")


def test_a_second_window_shows_both_texts_and_loses_none(window, owner, planned, kept):
    address = planned()
    one, two = (window(owner).new_page() for _ in range(2))
    for each in (one, two):
        each.goto(address)
    two.get_by_label("Shared text").fill("Second window")
    one.get_by_label("Shared text").fill("First window")
    one.get_by_role("button", name="Save", exact=True).click()
    expect(one.locator(".toast")).to_contain_text("Scheduled.")
    two.get_by_role("button", name="Save", exact=True).click()
    expect(two.locator(".theirs")).to_contain_text("First window")
    expect(two.get_by_label("Shared text")).to_have_value("Second window")
    assert kept(lambda post: post.texts) == ["First window"]


def test_a_post_is_dragged_to_another_day_and_back(page: Page, planned, noon, kept):
    page.goto(planned())
    target = noon + timedelta(days=5)
    drag_natively(page.locator(".post", has_text="The kettle is on."), page.locator(f'td[data-date="{target.date()}"]'))
    expect(page.locator(f'td[data-date="{target.date()}"] .post')).to_contain_text("12:00")
    assert kept(times) == [target.strftime("%d %H:%M")]
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(f'td[data-date="{noon.date()}"] .post')).to_be_visible()
    assert kept(times) == [noon.strftime("%d %H:%M")]


def test_arrows_move_the_post_that_has_the_focus(page: Page, planned, noon, kept):
    planned()
    page.goto(f"/publishing?day={noon.date()}")
    page.locator(".post").focus()
    page.keyboard.press("Shift+ArrowDown")
    after = noon + timedelta(days=7)
    moved = page.locator(f'td[data-date="{after.date()}"] .post')
    expect(moved).to_be_focused()
    assert kept(times) == [after.strftime("%d %H:%M")]


@pytest.fixture
def undated(owner, connections):
    """undated(): a draft of Ada's that has no time yet; its address."""

    def made() -> str:
        post = Post.draft(owner, ["Some day"])
        choose(post, connections[:1])
        address = f"/publishing/posts/{post.id}"
        db.session.commit()
        return address

    return made


def test_a_draft_without_a_time_is_dragged_onto_a_day(page: Page, undated, noon, kept):
    undated()
    page.goto(f"/publishing?day={noon.date()}")
    day = page.locator(f'td[data-date="{noon.date()}"]')
    drag_natively(page.locator(".undated .post"), day)
    expect(day.locator(".post")).to_contain_text("09:00")
    assert (kept(times), kept(states)) == ([noon.strftime("%d 09:00")], [State.DRAFT])
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".undated .post")).to_contain_text("Some day")


def test_arrows_put_a_draft_without_a_time_on_the_first_open_day(page: Page, undated, noon, kept):
    undated()
    page.goto(f"/publishing?day={noon.date()}")
    first = noon.replace(day=1)
    first -= timedelta(days=first.weekday())  # the month's first week is shown whole
    page.locator(".undated .post").focus()
    page.keyboard.press("Shift+ArrowDown")
    put = page.locator(f'td[data-date="{first.date()}"] .post')
    expect(put).to_be_focused()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(f'td[data-date="{(first + timedelta(days=1)).date()}"] .post')).to_be_focused()
    assert kept(times) == [(first + timedelta(days=1)).strftime("%d 09:00")]


@pytest.fixture
def halfway(owner, connections, noon):
    """halfway(): a post that is out on Mastodon and scheduled on Bluesky; its address."""

    def made() -> str:
        post = Post.draft(owner, ["The kettle is on.", "It sings."])
        choose(post, connections)
        schedule(post, noon, owner)
        post.targets[0].state, post.targets[0].url = State.PUBLISHED, "https://peer.example/@ada/77"
        address = f"/publishing/posts/{post.id}"
        db.session.commit()
        return address

    return made


@pytest.mark.parametrize("scripts", [True, False])
def test_of_a_post_that_is_out_on_one_network_the_rest_is_reworded(window, owner, halfway, kept, scripts):
    page = window(owner, java_script_enabled=scripts).new_page()
    page.goto(halfway())
    expect(page.get_by_role("checkbox", name="Mastodon")).to_be_disabled()
    page.get_by_label("Shared text, part 1").fill("The kettle is off.")
    page.locator("label:has(#tab-mastodon)").click()
    expect(page.locator(".tabpanel:visible .said").first).to_have_text("The kettle is on.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Scheduled.")
    words = kept(lambda post: (list(post.texts_for("mastodon")), list(post.texts_for("bluesky"))))
    assert words == (["The kettle is on.", "It sings."], ["The kettle is off.", "It sings."])
    assert kept(states) == [State.PUBLISHED, State.SCHEDULED]


def test_a_day_that_has_gone_by_is_refused(page: Page, planned, noon, kept):
    planned()
    page.goto(f"/publishing?day={now().date()}")
    page.goto(f"/publishing?day={noon.date()}&select=1")
    page.get_by_label("Pick The kettle is on.").check()
    page.get_by_label("Move by").fill("-200")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("This time has gone by.")
    assert kept(times) == [noon.strftime("%d %H:%M")]


def test_a_failed_post_says_why_and_is_sent_again(page: Page, planned, kept):
    page.goto(planned(State.FAILED, "Its picture is broken."))
    expect(page.get_by_role("alert")).to_contain_text("Its picture is broken.")
    page.get_by_role("button", name="Retry").click()
    expect(page.locator("#states [role=alert]")).to_have_count(0)
    expect(page.locator(".targets .pill")).to_have_text("Now")
    assert kept(states) == [State.SCHEDULED]


def test_a_question_is_answered(page: Page, planned, kept):
    page.goto(planned(State.UNCONFIRMED, "The line went dead."))
    question = page.get_by_role("region", name="Was this published?")
    expect(question).to_contain_text("The line went dead.")
    question.get_by_label("Its address, if you have it at hand").fill("https://peer.example/@ada/77")
    question.get_by_role("button", name="Yes, it is there").click()
    expect(question).to_have_count(0)
    expect(page.locator(".targets a.pill")).to_have_attribute("href", "https://peer.example/@ada/77")
    assert kept(states) == [State.PUBLISHED]


def test_the_main_job_needs_no_account(page: Page, owner, drain_jobs):
    page.goto("/publishing")
    page.get_by_role("button", name="New post").click()
    page.get_by_label("Shared text").fill("The kettle is on.")
    page.get_by_role("checkbox", name="Feed").check()
    expect(page.locator("#tab-count-feed")).to_contain_text("17/")
    page.get_by_role("button", name="Publish now").click()
    expect(page.locator(".targets .pill")).to_have_text("Now")
    drain_jobs()
    expect(page.locator(".targets .pill")).to_have_text("Published")
    expect(page.locator("#composer-form")).to_have_count(0)


def test_what_a_worker_does_is_seen_and_typed_words_stay(page: Page, planned, app):
    address = planned()
    page.goto(address)
    page.get_by_label("Shared text").fill("Not saved yet")
    _come_to(State.FAILED, "Its picture is broken.")
    expect(page.get_by_role("alert")).to_contain_text("Its picture is broken.")
    expect(page.get_by_label("Shared text")).to_have_value("Not saved yet")
    expect(page.locator(".post[data-state=failed]")).to_have_count(1)


def test_pictures_are_brought_and_described(page: Page, planned, kept, tmp_path):
    from PIL import Image

    picture = tmp_path / "wheel.png"
    Image.new("RGB", (40, 30), "green").save(picture)
    page.goto(planned())
    page.get_by_label("Shared text").fill("With a wheel")
    page.get_by_label("Add pictures").set_input_files(picture)
    expect(page.locator("#pictures")).to_contain_text("no alt text")
    expect(page.get_by_label("Shared text")).to_have_value("With a wheel")
    page.get_by_label("Alt text of wheel.png").fill("A wheel")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Scheduled.")
    assert kept(lambda post: [medium.alt for medium in post.media]) == ["A wheel"]


def test_only_some_states_are_shown(page: Page, planned, noon):
    planned()
    page.goto(f"/publishing?day={noon.date()}")
    expect(page.locator(".post")).to_have_count(1)
    page.locator(".legend label", has_text="Scheduled").click()
    expect(page.locator(".post")).to_have_count(0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("state", [State.SCHEDULED, State.FAILED, State.UNCONFIRMED, State.MISSED, State.PUBLISHED])
def test_no_page_of_posts_keeps_anybody_out(window, owner, planned, noon, scheme, state):
    address = planned(state)
    page = window(owner, color_scheme=scheme, reduced_motion="reduce").new_page()
    met = {}
    for each in (address, f"/publishing?day={noon.date()}&view=week", f"/publishing?day={noon.date()}&select=1"):
        page.goto(each)
        met[each] = barriers(page)
    assert {each: found for each, found in met.items() if found} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_page_of_a_post_that_is_partly_out_keeps_anybody_out(window, owner, halfway, undated, scheme):
    address = halfway()
    undated()
    page = window(owner, color_scheme=scheme, reduced_motion="reduce").new_page()
    met = {}
    for each in (address, f"{address}?view=list&select=1", f"{address}?view=week"):
        page.goto(each)
        met[each] = barriers(page)
    assert {each: found for each, found in met.items() if found} == {}


def test_nothing_lies_beyond_the_edge_of_a_phone(window, owner, planned, undated, noon):
    address = planned(State.UNCONFIRMED)
    undated()
    page = window(owner, viewport=PHONE).new_page()
    views = [f"/publishing?day={noon.date()}&view={view}&select=1" for view in ("month", "week", "list")]
    for each in (address, *views):
        page.goto(each)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], each


def test_all_of_it_without_scripts(window, owner, planned, noon, kept):
    page = window(owner, java_script_enabled=False).new_page()
    page.goto(planned())
    page.locator("label:has(#tab-mastodon)").click()
    page.get_by_role("button", name="Give it its own text").click()
    page.get_by_label("Text for Mastodon").fill("In its own words")
    page.get_by_label("All at").fill((noon + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M"))
    page.get_by_role("button", name="Save", exact=True).click()
    assert kept(lambda post: post.texts_for("mastodon")) == ["In its own words"]
    assert kept(times) == [(noon + timedelta(days=1)).strftime("%d %H:%M")]


def _come_to(state: State, why: str) -> None:
    """As a worker leaves it."""
    from plugins.publishing import telling

    target = db.session.scalars(db.select(Target)).one()
    target.go(state, why)
    telling.show(target)
    db.session.commit()
