"""People in Markdown: what names them, what does not, and how a page shows it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from host.text import handles_in, plain, rendered
from host.text_mentions import MOST_MENTIONED
from tests.host.test_text import Elements

ADA = '<span class="mention" title="Ada Field">@ada</span>'


@pytest.mark.parametrize(
    ("source", "handles"),
    [
        ("Look, @ada", ["ada"]),
        ("@ada @ben @Ada", ["ada", "ben"]),
        ("# @ada\n\n- **@ben**\n- ~~@cleo~~\n\n> *@dot*", ["ada", "ben", "cleo", "dot"]),
        ("|to|\n|-|\n|@ada|", ["ada"]),
        ("one\n@ada", ["ada"]),
        ("`@ada` and `` a`@ada ``", []),
        ("```\n@ada\n```\n\n    @ada", []),
        ("[@ada](https://example.org/@ada) <https://example.org/=@ada>", []),
        ("![@ada](https://example.org/@ada 'of @ada')", []),
        ("[a]\n\n[a]: https://example.org/@ada '@ada'", []),
        (r"\@ada and &#64;ada", []),
        ("me@example.org <me@example.org>", []),
        ("**bold**@ada `code`@ada \\_@ada", []),
        ("", []),
    ],
)
def test_whom_a_text_names(source, handles):
    assert handles_in(source) == handles


def test_a_text_names_so_many_and_no_more():
    source = " ".join(f"@p{n} @p{n}" for n in range(MOST_MENTIONED + 5))
    assert handles_in(source) == [f"p{n}" for n in range(MOST_MENTIONED)]
    assert rendered(source, {f"p{n}": "P" for n in range(100)}).count("<span") == 2 * MOST_MENTIONED


def test_somebody_known_is_shown_as_such_and_nobody_else():
    shown = rendered("*@ada*, @Ada and @ben", {"ada": "Ada Field"})
    upper = ADA.replace(">@ada", ">@Ada")
    assert shown.strip() == f"<p><em>{ADA}</em>, {upper} and @ben</p>"
    assert rendered("@ada").strip() == "<p>@ada</p>"


def test_the_words_around_stay_as_they_are():
    assert rendered("a  @ada\\! &amp; <b>@ada</b>", {"ada": "Ada Field"}).strip() == (
        f"<p>a  {ADA}! &amp; &lt;b&gt;{ADA}&lt;/b&gt;</p>"
    )


def test_a_name_cannot_act():
    shown = rendered("@ada", {"ada": '"><script>alert(1)</script><p class="mention'})
    assert [tag for tag, _has in Elements.of(shown)] == ["p", "span"]


def test_nobody_writes_a_mention_by_hand():
    for source in ('<span class="mention">Ada</span>', '<span class="x" style="color:red">'):
        assert "<span" not in rendered(source, {"ada": "Ada"})


def test_a_mention_is_plain_words_elsewhere():
    assert plain("Ask **@ada** & `@ben`") == "Ask @ada & @ben"


@given(st.text(alphabet=st.sampled_from(list("@ada-b_./[]()`*~\\<>&# \n|!:h")), max_size=60))
def test_mentions_change_no_word(source):
    assert Text.of(rendered(source, {"ada": "Ada", "a": "A", "b": "B"})) == Text.of(rendered(source))


class Text(Elements):
    """The words of a page alone."""

    @classmethod
    def of(cls, html):
        parser = cls()
        parser.words = ""
        parser.found = []
        parser.feed(html)
        return parser.words

    def handle_data(self, data):
        self.words += data
