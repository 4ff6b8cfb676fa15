"""Other addresses of services than their usual ones, as the installation gives them by name: a proxy, a stand-in, a
service that moved. Which names there are is the plugins' affair."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask import current_app

from host.errors import Fault
from host.i18n import _

NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")  # `publishing.x.api`


def given_addresses(name: str, usual: Mapping[str, str]) -> Mapping[str, str]:
    """The usual addresses of a service, each in whose place the setting `addresses` has another under the service's
    name and its own, as in `publishing.x.api`."""
    given = current_app.extensions["fallow"].config.addresses
    return {key: given.get(f"{name}.{key}", address) for key, address in usual.items()}


def read_addresses(key: str, value: Any) -> Mapping[str, str]:
    """What stands in the file or was typed as `name=address,…`. Raises Fault."""
    pairs = dict(_pairs(key, value)) if isinstance(value, str) else _flat(value) if isinstance(value, dict) else None
    if pairs is None:
        raise Fault(_("%(name)s takes a table, not “%(value)s”.", name=key, value=value))
    return {_named(key, name): _address(key, name, address) for name, address in pairs.items()}


def _pairs(key: str, text: str) -> list[tuple[str, str]]:
    pairs = [each.partition("=") for each in text.split(",") if each.strip()]
    if any(not sign for _name, sign, _address in pairs):
        raise Fault(_("%(name)s takes name=address, separated by commas, not “%(value)s”.", name=key, value=text))
    return [(name.strip(), address.strip()) for name, _sign, address in pairs]


def _flat(table: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    """TOML makes tables within tables of names with dots that are not quoted."""
    flat: dict[str, Any] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{before}{name}.") if isinstance(value, dict) else {f"{before}{name}": value}
    return flat


def _named(key: str, name: str) -> str:
    if not NAME.fullmatch(name):
        raise Fault(_("%(name)s has names such as publishing.x.api, not “%(value)s”.", name=key, value=name))
    return name


def _address(key: str, name: str, address: Any) -> str:
    """Without a slash at its end."""
    try:
        parts = urlsplit(address if isinstance(address, str) else "")
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half of an IPv6 address, a port that is no number
        fits = False
    if not fits or parts.query or parts.fragment:
        said = _("%(name)s: %(each)s is an address such as https://api.example.org.", name=key, each=name)
        raise Fault(said)
    return str(address).rstrip("/")
