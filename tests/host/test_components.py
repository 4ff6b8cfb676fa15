"""Each macro alone, drawn from plain attributes: what it says, whom it says it to, and that it escapes once."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from host import i18n, templating

EVIL = "<b>\"A\" & 'b'</b>"


class Elements(HTMLParser):
    """The elements of a drawing in their order, as (name, attributes), and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.html = html
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, name: str, /, **wanted: str | None) -> list[dict[str, str | None]]:
        return [has for tag, has in self.found if tag == name and wanted.items() <= has.items()]

    def one(self, name: str, /, **wanted: str | None) -> dict[str, str | None]:
        (only,) = self.all(name, **wanted)
        return only


@pytest.fixture(scope="module")
def environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(templating.folder()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(i18n._, i18n.ngettext, newstyle=True)
    made.globals |= {
        "static_url": "/static/0/{}".format,
        "csrf_token": lambda: "token",
        "url_for": lambda endpoint: f"/{endpoint}",
        "render_part": lambda part: Markup(f"<i>{part}</i>"),
        "card_html": lambda view: made.get_template("components/card.html").module.card(view),
    }
    return made


@pytest.fixture
def draw(environment):
    """draw("disc", person): the macro of the file of that name; draw("disc.discs", …): another of its macros."""

    def drawn(name: str, *args: Any, **kwargs: Any) -> Elements:
        file, _dot, macro = name.partition(".")
        module = environment.get_template(f"components/{file}.html").make_module()
        return Elements(str(getattr(module, macro or file)(*args, **kwargs)))

    return drawn


def person(name: str = "Ines", **more: Any) -> SimpleNamespace:
    return SimpleNamespace(**{"name": name, "initials": name[0], "hue": "moss", "handle": name.lower()} | more)


def card(**more: Any) -> SimpleNamespace:
    plain = {
        "number": 212, "url": "/cards/212", "title": "The slow issue", "golden": False, "cover": None, "tags": [],
        "assignees": [], "steps_done": 0, "steps_total": 0, "comments_count": 0, "badges": [],
    }  # fmt: skip
    return SimpleNamespace(**plain | more)


def column(**more: Any) -> SimpleNamespace:
    plain = {
        "dom_id": "12", "hue": "moss", "name": "Drafting", "icon": None, "count": 5, "collapsed": False,
        "stream": False, "hint": None, "fold_url": "/columns/12/fold", "add_url": None, "edit_url": None, "cards": [],
        "more_url": None,
    }  # fmt: skip
    return SimpleNamespace(**plain | more)


def test_every_template_parses(environment):
    for name in environment.list_templates(["html"]):
        environment.get_template(name)


def test_no_template_breaks_the_content_security_policy(environment):
    for name in environment.list_templates(["html"]):
        source = re.sub(r"\{#.*?#\}", "", environment.loader.get_source(environment, name)[0], flags=re.DOTALL)
        assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:|data:|hx-on", source), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", source), name


def test_every_icon_that_is_named_exists(environment):
    shapes = set(re.findall(r'id="i-(\w+)"', (templating.PACKAGE / "static" / "icons.svg").read_text()))
    for name in environment.list_templates(["html"]):
        source, _path, _fresh = environment.loader.get_source(environment, name)
        assert set(re.findall(r"icon\(\"(\w+)\"\)", source)) <= shapes, name


def test_an_icon_is_silent(draw):
    drawn = draw("icon", "bell")
    assert drawn.one("svg")["aria-hidden"] == "true"
    assert drawn.one("use")["href"] == "/static/0/icons.svg#i-bell"


def test_the_mark_takes_its_colours_from_the_page(draw):
    assert "var(--straw)" in draw("mark").html
    assert draw("mark").one("svg")["aria-hidden"] == "true"


def test_a_disc_says_the_name_behind_its_initials(draw):
    disc = draw("disc", person(EVIL, initials="A"), "lg").one("span")
    assert disc["aria-label"] == disc["title"] == EVIL
    assert disc["class"] == "disc disc-lg"


def test_discs_are_one_group_when_they_have_a_label(draw):
    drawn = draw("disc.discs", [person("Ines"), person("Bram")], "On this board")
    assert drawn.one("span", role="group")["aria-label"] == "On this board"
    assert [each["aria-label"] for each in drawn.all("span", role="img")] == ["Ines", "Bram"]
    assert draw("disc.discs", []).html == ""


def test_a_ring_shows_what_the_caller_decided(draw):
    drawn = draw("ring", 12, "due")
    assert drawn.one("svg")["data-stage"] == "due"
    assert drawn.all("circle")[1]["stroke-dasharray"] == "12 100"


def test_a_ring_speaks_only_when_it_stands_alone(draw):
    assert draw("ring", 80, "dry").one("svg")["aria-hidden"] == "true"
    alone = draw("ring", 80, "dry", "lg", label="24 of 30 days gone by").one("svg")
    assert (alone["role"], alone["aria-label"]) == ("img", "24 of 30 days gone by")
    assert "aria-hidden" not in alone


def test_rest_keeps_its_words_in_the_page_and_the_exact_time_in_the_title(draw):
    quiet = draw("ring.rest", 10, "fresh", "rests in 27 days", exact="Tue 3 Nov, 09:30")
    assert quiet.words == "rests in 27 days"
    assert quiet.one("span", **{"class": "rest"}) == {
        "class": "rest",
        "data-stage": "fresh",
        "title": "Tue 3 Nov, 09:30",
    }
    assert "data-soon" in draw("ring.rest", 97, "due", "rests tomorrow", soon=True).one("span", **{"class": "rest"})


def test_tags_are_a_labelled_list(draw):
    drawn = draw("tag.tags", [SimpleNamespace(title=EVIL, hue="sky")])
    assert drawn.one("ul")["aria-label"] == "Tags"
    assert drawn.one("li")["data-hue"] == "sky"
    assert drawn.words == EVIL
    assert draw("tag.tags", []).html == ""


def test_a_pill_has_a_word_beside_its_colour(draw):
    drawn = draw("pill", "failed", "warn", "Failed")
    assert drawn.one("span")["data-state"] == "failed"
    assert drawn.words == "Failed"
    assert not draw("pill", "draft", None, "Draft").all("svg")


def test_a_stat_reads_out_what_its_number_counts(draw):
    assert draw("pill.stat", "comment", 3, "comments").words == "3 comments"


def test_progress_is_labelled(draw):
    bar = draw("progress", 2, 5, "Steps done").one("progress")
    assert bar == {"max": "5", "value": "2", "aria-label": "Steps done"}


@pytest.mark.parametrize(("kind", "role"), [("ok", "status"), ("warn", "status"), ("failed", "alert")])
def test_only_a_failure_interrupts(draw, kind, role):
    for drawn in (draw("notice", kind, EVIL), draw("toast", EVIL, kind)):
        assert drawn.all("div")[0]["role"] == role
        assert drawn.words.strip() == EVIL


def test_a_toast_undoes_by_a_form(draw):
    drawn = draw("toast", "Resting now.", action={"label": "Bring it back", "url": "/cards/198/postponement"})
    assert drawn.one("form") == {"method": "post", "action": "/cards/198/postponement"}
    assert drawn.one("input")["value"] == "token"


def test_a_toast_may_lead_on_by_a_link(draw):
    drawn = draw("toast", "Two lists were empty.", action={"label": "Read more", "url": "/imports/1", "method": "get"})
    assert drawn.one("a")["href"] == "/imports/1"
    assert not drawn.all("form")


def test_an_empty_list_says_what_would_be_there(draw):
    drawn = draw("empty", "All quiet", "Nothing new.", level=2)
    assert drawn.all("h2")
    assert draw("empty", "All quiet", "Nothing new.", art=False).all("svg") == []


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong_beside_it(draw):
    drawn = draw("field", "Name", "name", EVIL, ["Taken."], hint="As people call it.", required=True, maxlength=80)
    box = drawn.one("input")
    assert box["value"] == EVIL
    assert (box["aria-invalid"], box["aria-describedby"]) == ("true", "f-name-hint f-name-errors")
    assert "required" in box
    assert box["maxlength"] == "80"
    assert drawn.one("label")["for"] == box["id"]
    assert drawn.one("p")["id"] == "f-name-hint"
    assert drawn.one("ul")["id"] == "f-name-errors"


def test_a_field_without_fault_or_hint_says_nothing_more(draw):
    box = draw("field", "Name", "name", id="other", autofocus=False, aria_controls="people").one("input")
    assert box == {"type": "text", "id": "other", "name": "name", "aria-controls": "people", "value": ""}


def test_a_password_never_comes_back(draw):
    assert "value" not in draw("field", "Password", "password", "secret", type="password").one("input")


def test_a_textarea_keeps_a_first_empty_line(draw):
    # Browsers drop the first line end inside a textarea; the macro writes one for them to drop.
    drawn = draw("field", "Body", "body", "\none", type="textarea")
    assert '<textarea id="f-body" name="body">\n\none</textarea>' in drawn.html


def test_a_select_finds_the_chosen_one_whatever_its_type(draw):
    drawn = draw("field.select", "Role", "role", [("owner", "Owner"), (7, EVIL)], "7", errors=["No."])
    assert drawn.one("option", selected=None)["value"] == "7"
    assert drawn.one("select")["aria-invalid"] == "true"
    assert EVIL in drawn.words


def test_a_segmented_control_is_a_named_group_of_radios(draw):
    drawn = draw("seg", "A card rests after", "period", [(7, "7 days"), (30, "30 days")], 30)
    assert drawn.words.startswith("A card rests after")
    assert drawn.one("input", checked=None)["value"] == "30"


def test_a_switch_says_so(draw):
    drawn = draw("seg.switch", "golden", "Golden cards never rest", True, disabled=True)
    assert {"role": "switch", "checked": None, "name": "golden"}.items() <= drawn.one("input").items()
    assert "disabled" in drawn.one("input")


def test_options_name_their_group_and_show_its_fault(draw):
    choice = {"value": "trello", "title": "A Trello export", "text": EVIL, "icon": "upload"}
    drawn = draw("options", "Begin with", "start", [choice], "trello", errors=["Choose one."])
    assert drawn.one("fieldset")["aria-describedby"] == drawn.one("ul")["id"] == "f-start-errors"
    assert "checked" in drawn.one("input")
    assert EVIL in drawn.words


def test_choices_show_the_ring_they_are_given(draw):
    tile = {"value": 7, "title": 7, "text": "brisk", "percent": 97, "stage": "due"}
    drawn = draw("options.choices", "Rest after", "period", [tile], 30, hint="Days.")
    assert drawn.one("svg")["data-stage"] == "due"
    assert "checked" not in drawn.one("input")


def test_a_card_tells_its_number_before_its_title_and_escapes_both_ways(draw):
    drawn = draw("card", card(title=EVIL, tags=[SimpleNamespace(title=EVIL, hue="sky")]))
    assert drawn.words.split() == f"212{EVIL} {EVIL}".split()
    assert drawn.one("article")["id"] == "card-212"


def test_a_card_shows_only_what_it_has(draw):
    drawn = draw("card", card())
    assert drawn.words.split() == ["212", "The", "slow", "issue"]
    for absent in ("img", "progress", "ul"):
        assert not drawn.all(absent)
    assert "data-golden" not in drawn.one("article")


def test_a_card_shows_all_it_has(draw):
    full = card(
        golden=True, cover=SimpleNamespace(url="/c.png", width=640, height=280), assignees=[person()],
        steps_done=2, steps_total=5, comments_count=1,
    )  # fmt: skip
    drawn = draw("card", full, ["first", "second"])
    assert "data-golden" in drawn.one("article")
    assert "Golden card" in drawn.words
    assert drawn.one("img")["alt"] == ""
    assert "2/5" in drawn.words
    assert "1 comment" in drawn.words
    assert drawn.words.index("first") < drawn.words.index("second")


def test_a_card_moves_without_a_pointer_and_without_javascript(draw):
    grip = draw("card", card()).one("a", **{"class": "grip"})
    assert grip["href"] == "/cards/212#move"
    assert grip["aria-label"] == "Move card 212"


def test_a_column_is_a_labelled_section_with_a_list(draw):
    drawn = draw("column", column(name=EVIL, cards=[card(), card(number=213)]))
    assert drawn.one("section")["aria-labelledby"] == drawn.one("h2")["id"]
    assert drawn.one("button")["aria-controls"] == drawn.one("ol")["id"]
    assert len(drawn.all("article")) == 2
    assert EVIL in drawn.words


@pytest.mark.parametrize(("collapsed", "expanded", "asks"), [(True, "false", "0"), (False, "true", "1")])
def test_a_column_folds_by_a_form_that_says_which_way(draw, collapsed, expanded, asks):
    drawn = draw("column", column(collapsed=collapsed))
    assert drawn.one("form")["action"] == "/columns/12/fold"
    assert drawn.one("input", name="folded")["value"] == asks
    assert drawn.one("button")["aria-expanded"] == expanded
    assert ("data-collapsed" in drawn.one("section")) is collapsed


def test_the_stream_does_not_fold(draw):
    drawn = draw("column", column(stream=True, fold_url=None, hint="Right to begin"))
    assert not drawn.all("form")
    assert "data-stream" in drawn.one("section")
    assert "Right to begin" in drawn.words


def test_a_column_offers_adding_and_more_cards_as_links(draw):
    drawn = draw("column", column(add_url="#add-12", more_url="/more?page=2"))
    assert drawn.one("a", href="#add-12")["aria-label"] == "Add a card to Drafting"
    assert drawn.one("li")["hx-get"] == drawn.one("a", href="/more?page=2")["href"]


def test_the_main_list_marks_where_we_are(draw):
    posts = SimpleNamespace(title="Posts", url="/posts", icon="send")
    links = {each["href"]: each.get("aria-current") for each in draw("topbar.topnav", "", [posts], "/posts/7").all("a")}
    assert links == {"/": None, "/activity": None, "/posts": "page", "/settings": None}
    assert draw("topbar.topnav", "boards", [posts], "/postscript").one("a", **{"aria-current": "page"})["href"] == "/"


def test_the_switcher_is_a_button_only_when_it_leads_somewhere(draw):
    nowhere = SimpleNamespace(boards=[], views=[])
    assert draw("topbar.switcher", "Juniper Row", "", nowhere, []).words == "Juniper Row"
    assert not draw("topbar.switcher", "Juniper Row", "Editorial", nowhere, []).all("button")
    ways = SimpleNamespace(boards=[SimpleNamespace(name=EVIL, url="/boards/1", hue="clay")], views=[])
    drawn = draw("topbar.switcher", "Juniper Row", "Editorial", ways, [])
    assert drawn.one("button")["popovertarget"] == "switcher"
    assert [link["href"] for link in drawn.all("a")] == ["/boards/1", "/allcards.index", "/pins.index"]


def test_health_is_silent_when_unknown(draw):
    assert draw("topbar.health", None).html.strip() == ""
    dot = SimpleNamespace(state="failed", text="Two jobs failed", url="/jobs")
    assert draw("topbar.health", dot).one("a")["aria-label"] == "Two jobs failed"


def test_the_theme_is_chosen_by_forms(draw):
    drawn = draw("theme.theme_choice", "dark", "/boards/1?q=a")
    assert drawn.one("button", **{"aria-pressed": "true"})["value"] == "dark"
    assert drawn.one("input", name="back")["value"] == "/boards/1?q=a"
    assert {each["value"] for each in draw("theme.theme_toggle", "/").all("button")} == {"light", "dark"}


def test_the_account_menu_offers_a_way_out_only_where_there_is_one(draw):
    settings = SimpleNamespace(title="Your settings", url="/me", icon="settings", template="")
    drawn = draw("account_menu", person(EVIL), [settings], "", "/", None)
    assert drawn.one("span", role="img")["aria-label"] == EVIL
    assert "Your account:" in drawn.words
    assert "Sign out" not in drawn.words
    out = draw("account_menu", person(), [], "", "/", "/session/end").one("form", action="/session/end")
    assert out["method"] == "post"
