"""How an account on LinkedIn is connected: by the person's own app there, and their word that it may publish."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import httpx

from host import Invalid, _, now
from plugins.publishing.doors import Entered, Field, Granted, OAuth, Step
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.kept_tokens import keep, kept
from plugins.publishing.networks.linkedin.answers import TITLE, hindrance
from plugins.publishing.networks.linkedin.asking import bearer
from plugins.publishing.networks.linkedin.oauth import exchanged
from plugins.publishing.networks.reading import json_object, words
from plugins.publishing.outcomes import Hindered, Later
from plugins.publishing.platform import Login, Tokens

SCOPES, PAGE_SCOPES = "openid profile w_member_social", "openid profile w_organization_social"
SETTLES = timedelta(seconds=8)  # LinkedIn refuses a fresh token for some seconds


class LinkedInDoor(OAuth):
    fields: Sequence[Field] = (
        Field("client_id", _("Client ID"), _("From the page Auth of your app.")),
        Field("client_secret", _("Primary client secret"), _("Beside it."), secret=True),
        Field(
            "page",
            _("Number of a company page"),
            _("Only to publish as a page, for which LinkedIn has to approve your app."),
            required=False,
        ),
    )
    steps: Sequence[str] = (
        _("Open linkedin.com/developers and create an app; it wants a company page, any of yours will do."),
        _("Under Products, add Share on LinkedIn and Sign In with LinkedIn using OpenID Connect."),
        _("Under Auth, add the address below as redirect URL, and copy the client ID and the secret into the fields."),
        _("You are taken to LinkedIn. Let your app publish for you; it lasts 60 days, then you connect once more."),
    )

    def check(self, entered: Entered) -> None:
        wrong: dict[str, list[str]] = {}
        for name in ("client_id", "client_secret"):
            if not _is_plain(entered.get(name, "")):
                wrong[name] = [_("This has blanks or signs that are in no key.")]
        page = entered.get("page", "")
        if page and not page.isdecimal():
            wrong["page"] = [_("This is a number; it stands in the address of the page's admin view.")]
        if wrong:
            raise Invalid(wrong)

    def begin(
        self,
        entered: Entered,
        addresses: Mapping[str, str],
        redirect: str,
        state: str,
        client: httpx.Client,  # noqa: ARG002 -- nobody has to be asked
    ) -> Step:
        query = {
            "response_type": "code",
            "client_id": entered["client_id"],
            "redirect_uri": redirect,
            "state": state,
            "scope": PAGE_SCOPES if entered.get("page") else SCOPES,
        }
        return Step(f"{addresses['site']}/oauth/v2/authorization?{urlencode(query)}", {})

    def finish(
        self,
        step: Step,
        code: str,
        entered: Entered,
        addresses: Mapping[str, str],
        redirect: str,
        client: httpx.Client,
    ) -> Granted:
        tokens = kept(step.memory) or exchanged(code, redirect, entered, addresses["site"], client)
        try:
            person = _person(tokens, addresses, client)
        except Hindered as hindered:
            raise Hindered(hindered.hindrance, keep(tokens)) from hindered
        name, page = words(person, "name") or words(person, "sub"), entered.get("page")
        return Granted(
            tokens,
            remote_id=f"urn:li:organization:{page}" if page else f"urn:li:person:{words(person, 'sub')}",
            handle=_("%(name)s, page %(page)s", name=name, page=page) if page else name,
            app={key: entered[key] for key in ("client_id", "client_secret")},
        )


def _person(tokens: Tokens, addresses: Mapping[str, str], client: httpx.Client) -> Mapping[str, Any]:
    login = Login(addresses, tokens, "", "")
    answer = ask(client, "GET", f"{addresses['api']}/v2/userinfo", title=TITLE, headers=bearer(login))
    if answer.status_code == HTTPStatus.UNAUTHORIZED:
        raise Hindered(Later(_("LinkedIn does not know its own key yet."), at=now() + SETTLES))
    if not answer.is_success:
        raise Hindered(hindrance(answer, login))
    said = json_object(answer)
    if not words(said, "sub"):
        raise Hindered(Later(_("LinkedIn did not say whose account this is."), at=now() + SETTLES))
    return said


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
