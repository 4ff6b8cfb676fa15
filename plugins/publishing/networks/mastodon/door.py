"""How an account on an instance is connected: we make ourselves known there, the person agrees, and we get a token."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import httpx

from host import AddressRefused, Invalid, _, now
from plugins.publishing.doors import Entered, Field, Granted, OAuth, Step
from plugins.publishing.networks import pkce
from plugins.publishing.networks.asking import ask
from plugins.publishing.networks.kept_tokens import keep, kept
from plugins.publishing.networks.mastodon.asking import IN_ENGLISH, TITLE, headers
from plugins.publishing.networks.mastodon.instance import found, instance_address, instance_of, known
from plugins.publishing.networks.mastodon.limits import told
from plugins.publishing.networks.moments import in_seconds
from plugins.publishing.networks.reading import listed, part, words
from plugins.publishing.outcomes import Hindered, Hindrance, Later, Refused
from plugins.publishing.platform import Tokens

# `profile` lets an app know who it is, and no more, from Mastodon 4.3 on.
SCOPES = "profile read:statuses write:statuses write:media"
OLD_SCOPES = "read:accounts read:statuses write:statuses write:media"
SOON = timedelta(seconds=10)
LONGEST = 200  # characters of what is shown


class MastodonDoor(OAuth):
    fields: Sequence[Field] = (
        Field("instance", _("Your server"), _("Such as mastodon.social, or your whole handle.")),
    )
    steps: Sequence[str] = (
        _("Enter the name of the server that your account is on."),
        _("Sign in there, and let Fallow publish for you."),
        _("You come back by yourself. If not, copy the code that the server shows."),
    )

    def check(self, entered: Entered) -> None:
        try:
            instance_address(entered.get("instance", ""))
        except AddressRefused as refused:
            raise Invalid({"instance": [refused.message]}) from refused

    def begin(
        self,
        entered: Entered,
        addresses: Mapping[str, str],  # noqa: ARG002 -- the instance is entered
        redirect: str,
        state: str,
        client: httpx.Client,
    ) -> Step:
        """A new app for each connection: its redirect is bound to it, and nobody else's secret is at stake."""
        instance = instance_of(entered)
        server = found(client, f"{instance}/.well-known/oauth-authorization-server")
        scopes = SCOPES if "profile" in listed(server, "scopes_supported") else OLD_SCOPES
        app = _registered(instance, redirect, scopes, client)
        verifier = pkce.new_verifier() if "S256" in listed(server, "code_challenge_methods_supported") else ""
        asked = {
            "response_type": "code",
            "client_id": words(app, "client_id"),
            "redirect_uri": redirect,
            "scope": scopes,
            "state": state,
        }
        if verifier:
            asked |= {"code_challenge": pkce.challenge(verifier), "code_challenge_method": "S256"}
        memory = {
            "instance": instance,
            "client_id": words(app, "client_id"),
            "client_secret": words(app, "client_secret"),
            "verifier": verifier,
        }
        return Step(f"{instance}/oauth/authorize?{urlencode(asked)}", memory)

    def finish(
        self,
        step: Step,
        code: str,
        entered: Entered,  # noqa: ARG002 -- it is in `step`
        addresses: Mapping[str, str],  # noqa: ARG002
        redirect: str,
        client: httpx.Client,
    ) -> Granted:
        tokens = kept(step.memory) or _exchanged(step.memory, code, redirect, client)
        try:
            return _granted(step.memory, tokens, client)
        except Hindered as hindered:
            raise Hindered(_soon(hindered.hindrance), keep(tokens)) from hindered


def _granted(memory: Mapping[str, str], tokens: Tokens, client: httpx.Client) -> Granted:
    instance = memory["instance"]
    account = _account(instance, tokens.access, client)
    server = found(client, f"{instance}/api/v2/instance")
    host = httpx.URL(instance).netloc.decode("ascii")
    return Granted(
        tokens,
        remote_id=f"{words(account, 'id')}@{host}",
        handle=f"@{words(account, 'username')}@{words(server, 'domain') or host}",
        title=words(account, "display_name")[:LONGEST],
        profile=told(server),
        app={name: memory[name] for name in ("client_id", "client_secret")},
        addresses={"api": instance, "site": instance},
    )


def _soon(hindrance: Hindrance) -> Hindrance:
    """A person waits before the page."""
    if isinstance(hindrance, Later) and hindrance.at is None:
        return replace(hindrance, at=now() + SOON)
    return hindrance


def _registered(instance: str, redirect: str, scopes: str, client: httpx.Client) -> Mapping[str, Any]:
    app = {"client_name": "Fallow", "redirect_uris": redirect, "scopes": scopes}
    answer = ask(client, "POST", f"{instance}/api/v1/apps", title=TITLE, headers=IN_ENGLISH, data=app)
    if answer.status_code == HTTPStatus.NOT_FOUND:
        raise Hindered(Refused(_("%(host)s is no Mastodon server.", host=answer.url.host)))
    return known(answer, "client_id", "client_secret")


def _exchanged(memory: Mapping[str, str], code: str, redirect: str, client: httpx.Client) -> Tokens:
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "client_id": memory["client_id"],
        "client_secret": memory["client_secret"],
        "redirect_uri": redirect,
    }
    if memory["verifier"]:
        asked["code_verifier"] = memory["verifier"]
    url = f"{memory['instance']}/oauth/token"
    answer = ask(client, "POST", url, title=TITLE, headers=IN_ENGLISH, data=asked)
    if answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        raise Hindered(Refused(_("Mastodon does not take this code, or not any more. Connect once more.")))
    token = known(answer, "access_token")
    return Tokens(words(token, "access_token"), expires_at=in_seconds(part(token, "expires_in")))


def _account(instance: str, access: str, client: httpx.Client) -> Mapping[str, Any]:
    url = f"{instance}/api/v1/accounts/verify_credentials"
    return known(ask(client, "GET", url, title=TITLE, headers=headers(access)), "id", "username")
