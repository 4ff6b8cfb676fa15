"""Light or dark: a cookie that the server reads, and a way back that leads nowhere else."""

import pytest

pytestmark = pytest.mark.sqlite_only("a cookie asks no database")


def theme_of(page):
    return page.text.partition("<html")[2].partition(">")[0]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_next_page_wears_what_was_chosen(anonymous, theme):
    anonymous.post("/theme", data={"theme": theme, "back": "/session/new"})
    assert f'data-theme="{theme}"' in theme_of(anonymous.get("/session/new"))


def test_choosing_the_system_forgets_the_choice(anonymous):
    anonymous.post("/theme", data={"theme": "dark"})
    anonymous.post("/theme", data={"theme": ""})
    assert "data-theme" not in theme_of(anonymous.get("/session/new"))


def test_another_theme_is_refused(anonymous):
    assert anonymous.post("/theme", data={"theme": "sepia"}).status_code == 422
    assert anonymous.get_cookie("theme") is None


def test_a_cookie_from_elsewhere_is_not_written_into_the_page(anonymous):
    anonymous.set_cookie("theme", "x><script>")
    assert "data-theme" not in theme_of(anonymous.get("/session/new"))


@pytest.mark.parametrize("path", ["/boards/1", "/boards/1?tag=a&tag=b", "/cards/2#move"])
def test_the_way_back_is_where_one_was(anonymous, path):
    assert anonymous.post("/theme", data={"theme": "dark", "back": path}).headers["Location"] == path


@pytest.mark.parametrize(
    "path", ["", "boards", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"]
)
def test_the_way_back_never_leads_away(anonymous, path):
    assert anonymous.post("/theme", data={"theme": "dark", "back": path}).headers["Location"] == "/"
