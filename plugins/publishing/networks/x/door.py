"""How an account on X is connected: by the person's own app there, and their word that it may publish."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import httpx

from host import Invalid, _
from plugins.publishing.doors import Entered, Field, Granted, OAuth, Step
from plugins.publishing.networks import pkce
from plugins.publishing.networks.kept_tokens import keep, kept
from plugins.publishing.networks.reading import words
from plugins.publishing.networks.x.asking import asked
from plugins.publishing.networks.x.counting import MOST
from plugins.publishing.networks.x.oauth import exchanged
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Login, Tokens

SCOPES = "tweet.read tweet.write users.read media.write offline.access"
LONG_POSTS = ("Basic", "Premium", "PremiumPlus")  # subscriptions
LONGEST = 25_000


class XDoor(OAuth):
    fields: Sequence[Field] = (
        Field("client_id", _("Client ID"), _("From the page Keys and tokens of your app.")),
        Field(
            "client_secret",
            _("Client secret"),
            _("Beside it. Leave it out if your app is a native one."),
            secret=True,
            required=False,
        ),
    )
    steps: Sequence[str] = (
        _("Open console.x.com with your account and make an app. Publishing costs: buy some credits there."),
        _("Under User authentication, choose Read and write, and enter the address below as callback."),
        _("Copy the client ID and the client secret into the fields."),
        _("You are taken to X. Let your app publish for you; you come back by yourself."),
    )

    def check(self, entered: Entered) -> None:
        wrong = [name for name in ("client_id", "client_secret") if not _is_plain(entered.get(name, ""))]
        if wrong:
            raise Invalid({name: [_("This has blanks or signs that are in no key.")] for name in wrong})

    def begin(
        self,
        entered: Entered,
        addresses: Mapping[str, str],
        redirect: str,
        state: str,
        client: httpx.Client,  # noqa: ARG002 -- nobody has to be asked
    ) -> Step:
        verifier = pkce.new_verifier()
        query = {
            "response_type": "code",
            "client_id": entered["client_id"],
            "redirect_uri": redirect,
            "scope": SCOPES,
            "state": state,
            "code_challenge": pkce.challenge(verifier),
            "code_challenge_method": "S256",
        }
        return Step(f"{addresses['site']}/i/oauth2/authorize?{urlencode(query)}", {"verifier": verifier})

    def finish(
        self,
        step: Step,
        code: str,
        entered: Entered,
        addresses: Mapping[str, str],
        redirect: str,
        client: httpx.Client,
    ) -> Granted:
        app = (entered, addresses["api"], client)
        tokens = kept(step.memory) or exchanged(code, step.memory["verifier"], redirect, *app)
        try:
            account = _account(tokens, addresses, client)
        except Hindered as hindered:
            raise Hindered(hindered.hindrance, keep(tokens)) from hindered
        return Granted(
            tokens,
            remote_id=words(account, "data", "id"),
            handle=words(account, "data", "username"),
            title=words(account, "data", "name"),
            profile={"longest": _longest(account)},
            app=dict(entered),
        )


def _account(tokens: Tokens, addresses: Mapping[str, str], client: httpx.Client) -> Mapping[str, Any]:
    login = Login(addresses, tokens, "", "")
    said = asked(client, "GET", "/2/users/me", login, params={"user.fields": "subscription_type"})
    if not words(said, "data", "id").isdecimal() or not words(said, "data", "username"):
        raise Hindered(Later(_("X did not say whose account this is.")))
    return said


def _longest(account: Mapping[str, Any]) -> int:
    return LONGEST if words(account, "data", "subscription_type") in LONG_POSTS else MOST


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
