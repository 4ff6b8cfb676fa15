"""What people write, as pages show it: Markdown, and nothing that acts."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.text import SCHEMES, TAGS, plain, rendered

LINK = ' rel="noopener noreferrer nofollow"'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Cut *the* **reeds**", "<p>Cut <em>the</em> <strong>reeds</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("~~no~~", "<p><s>no</s></p>"),
        ("3. three", '<ol start="3">\n<li>three</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("[a](https://example.org 'b')", f'<p><a href="https://example.org" title="b"{LINK}>a</a></p>'),
        ("<me@example.org>", f'<p><a href="mailto:me@example.org"{LINK}>me@example.org</a></p>'),
        ("[here](/cards/3)", f'<p><a href="/cards/3"{LINK}>here</a></p>'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("Grüße 🌱", "<p>Grüße 🌱</p>"),
        ("", ""),
    ],
)
def test_markdown(source, html):
    assert rendered(source).strip() == html


def test_a_table():
    assert "<th>crop</th>" in rendered("|crop|\n|-|\n|rye|")


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "[a](javascript:alert(1))",
        "[a](JaVaScRiPt&#58;alert(1))",
        "[a](data:text/html;base64,PHN2Zz4=)",
        "[a](vbscript:x)",
        "[a](ftp://example.org) <tel:1>",
        "![a](javascript:alert(1))",
        '![" onmouseover="alert(1)](http://x)',
        "[a](http://x 't\" onclick=\"alert(1)')",
        "```html\n<script>alert(1)</script>\n```",
        '<a href="x" style="position:fixed">a</a>',
        "`<iframe>`",
        "<!-- --><base href='//evil'>",
    ],
)
def test_nothing_that_acts_comes_through(source):
    assert_harmless(rendered(source))


@given(st.text(alphabet=st.sampled_from(list("<>\"'&![]()`*_~|#-=:/ \njavscriptonhef0;")), max_size=80))
def test_whatever_is_written_only_what_markdown_can_make_comes_out(source):
    assert_harmless(rendered(source))


def assert_harmless(html: str) -> None:
    """No element, attribute or address but those that Markdown can make."""
    for tag, attributes in Elements.of(html):
        assert tag in TAGS
        box = {"type", "disabled", "checked", "aria-label"} if tag == "input" else set()
        assert attributes.keys() <= {"href", "title", "rel", "start"} | box
        assert urlsplit(attributes.get("href") or "").scheme in {"", *SCHEMES}


class Elements(HTMLParser):
    """The elements of a page, as a browser would find them."""

    @classmethod
    def of(cls, html: str) -> list[tuple[str, dict[str, str | None]]]:
        parser = cls()
        parser.found = []
        parser.feed(html)
        return parser.found

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def test_a_picture_is_a_link_so_that_nothing_is_loaded_from_elsewhere():
    address = "https://example.org/a.png"
    assert rendered(f"![a field]({address})").strip() == f'<p><a href="{address}"{LINK}>a field</a></p>'
    assert f">{address}</a>" in rendered(f"![]({address})")
    assert "<img" not in rendered(f"[![b]({address})](https://example.org)")


def test_an_exclamation_mark_before_a_bracket_stays():
    assert rendered("`found![0]`").strip() == "<p><code>found![0]</code></p>"
    assert plain("Look![1]") == "Look![1]"


def test_the_words_alone():
    assert plain("# Cut\n\n*the* [reeds](http://x)\n- `now`") == "Cut the reeds now"
    assert plain("a &lt;b&gt; <i>c</i>") == "a <b> <i>c</i>"
    assert plain(" ") == ""
