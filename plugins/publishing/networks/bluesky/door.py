"""How an account at Bluesky is connected: by an app password, which can be taken back by itself."""

import re
from collections.abc import Mapping, Sequence

import httpx

from host import AddressRefused, Invalid, _, checked_url
from plugins.publishing.doors import Entered, Field, Granted, SignIn
from plugins.publishing.networks.bluesky.session import created, tokens
from plugins.publishing.networks.reading import words
from plugins.publishing.outcomes import Hindered, Refused

GIVEN = "https://bsky.social"
APP_PASSWORD = re.compile(r"[a-z0-9]{4}(?:-[a-z0-9]{4}){3}")


class BlueskyDoor(SignIn):
    fields: Sequence[Field] = (
        Field("handle", _("Your handle"), _("Such as ada.bsky.social.")),
        Field("password", _("App password"), _("Not your account's own: one that is made for Fallow."), secret=True),
        Field("server", _("Your server"), _("Change it only if your account does not live at Bluesky."), given=GIVEN),
    )
    steps: Sequence[str] = (
        _("In Bluesky, open Settings, Privacy and security, App passwords."),
        _("Add one, call it Fallow, and copy it."),
        _("Enter it here. Fallow uses it once and does not keep it."),
    )

    def check(self, entered: Entered) -> None:
        errors = {}
        if "." not in _handle(entered):
            errors["handle"] = [_("A handle has a dot in it, such as ada.bsky.social.")]
        try:
            server = _server(entered, GIVEN)
        except AddressRefused as refused:
            server, errors["server"] = "", [refused.message]
        if server == GIVEN and not APP_PASSWORD.fullmatch(entered.get("password", "").strip()):
            errors["password"] = [_("An app password is like abcd-efgh-2345-6789.")]
        if errors:
            raise Invalid(errors)

    def enter(self, entered: Entered, addresses: Mapping[str, str], client: httpx.Client) -> Granted:
        try:
            server = _server(entered, addresses.get("api", GIVEN))
        except AddressRefused as refused:
            raise Hindered(Refused(refused.message)) from refused
        session = created(_handle(entered), entered["password"].strip(), {"api": server}, client)
        return Granted(
            tokens(session),
            remote_id=words(session, "did"),
            handle=words(session, "handle"),
            addresses={"api": server} if server != addresses.get("api") else {},
        )


def _handle(entered: Entered) -> str:
    return entered.get("handle", "").strip().removeprefix("@").lower()


def _server(entered: Entered, given: str) -> str:
    """Raises AddressRefused."""
    text = entered.get("server", "").strip()
    if text in ("", GIVEN):
        return given
    url = httpx.URL(checked_url(text if "://" in text else f"https://{text}"))
    return f"{url.scheme}://{url.netloc.decode('ascii')}"
