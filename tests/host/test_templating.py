"""What every template may rely on."""

import pytest

PLURAL = '{{ ngettext("%(n)s board follows %(who)s", "%(n)s boards follow %(who)s", n, who=who) }}'


@pytest.mark.parametrize(
    ("n", "words"),
    [(1, "1 board follows &lt;b&gt;"), (0, "0 boards follow &lt;b&gt;"), (12_000, "12,000 boards follow &lt;b&gt;")],
)
def test_a_plural_takes_other_values_too_and_escapes_them(app, n, words):
    assert app.jinja_env.from_string(PLURAL).render(n=n, who="<b>") == words


def test_a_percent_sign_is_written_twice(app):
    assert app.jinja_env.from_string('{{ _("%(share)s%% kept", share=30) }}').render() == "30% kept"
