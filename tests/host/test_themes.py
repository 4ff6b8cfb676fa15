"""Light or dark: a cookie that the server reads, and a way back that leads nowhere else."""

import pytest
from flask import Flask, render_template_string

from host.web import themes


@pytest.fixture
def client():
    app = Flask("themes", static_folder=None)
    themes.register(app)
    app.add_url_rule("/", "page", lambda: render_template_string("<html data-theme='{{ config_theme }}'>"))
    return app.test_client()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_next_page_wears_what_was_chosen(client, theme):
    answer = client.post("/theme", data={"theme": theme, "back": "/"}, follow_redirects=True)
    assert f"data-theme='{theme}'" in answer.text


def test_choosing_the_system_forgets_the_choice(client):
    client.post("/theme", data={"theme": "dark", "back": "/"})
    assert "data-theme=''" in client.post("/theme", data={"theme": "", "back": "/"}, follow_redirects=True).text


def test_another_theme_is_refused(client):
    assert client.post("/theme", data={"theme": "sepia"}).status_code == 422
    assert client.get_cookie("theme") is None


def test_a_cookie_from_elsewhere_is_not_written_into_the_page(client):
    client.set_cookie("theme", "'><script>")
    assert "data-theme=''" in client.get("/").text


@pytest.mark.parametrize("path", ["/boards/1", "/boards/1?tag=a&tag=b", "/cards/2#move"])
def test_the_way_back_is_where_one_was(client, path):
    assert client.post("/theme", data={"theme": "dark", "back": path}).headers["Location"] == path


@pytest.mark.parametrize(
    "path", ["", "boards", "//evil.example", "/\\evil.example", "/\t/evil.example", "https://evil.example"]
)
def test_the_way_back_never_leads_away(client, path):
    assert client.post("/theme", data={"theme": "dark", "back": path}).headers["Location"] == "/"
