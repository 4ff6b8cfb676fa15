"""Pages behind a secret address, such as the one in a letter by which its person stops the letters."""

from host.web.login import View, public
from host.web.safety import csrf


def by_secret_link(view: View) -> View:
    """Mark a page that whoever has its address may open and post to. The secret in the address is the proof, so neither
    a sign-in nor a CSRF token is asked for: a mail program has neither (RFC 8058)."""
    csrf.exempt(view)
    return public(view)
