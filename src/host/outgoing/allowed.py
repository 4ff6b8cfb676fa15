"""The ranges that the installation's admin opens although they are not public: `allow_networks`."""

from collections.abc import Sequence
from ipaddress import ip_network

from flask import current_app

from host.outgoing.ranges import Network


def allowed_networks() -> Sequence[Network]:
    return [ip_network(each) for each in current_app.extensions["fallow"].config.allow_networks]
