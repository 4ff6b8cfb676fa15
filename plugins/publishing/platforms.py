"""The networks of all plugins that are on."""

from collections.abc import Mapping
from copy import copy

from host import gather, given_addresses
from plugins.publishing.platform import Platform

OURS = "publishing"


def platforms() -> Mapping[str, Platform]:
    """By name; another plugin's are known by its name and theirs."""
    offered = [(plugin, each) for plugin, some in gather("register_platforms") for each in some]
    return {each.name: each for each in (_named(plugin, each) for plugin, each in offered)}


def plugin_of(network: Platform) -> str:
    """The name of the plugin that brought it."""
    return network.name.rpartition(".")[0] or OURS


def addresses_of(network: Platform) -> Mapping[str, str]:
    """Where the network is: as it says itself, unless the installation says otherwise (the setting `addresses`)."""
    name = network.name if "." in network.name else f"{OURS}.{network.name}"
    return given_addresses(name, network.addresses)


def _named(plugin: str, offered: Platform) -> Platform:
    if plugin == OURS:
        return offered
    named = copy(offered)
    vars(named)["name"] = f"{plugin}.{offered.name}"  # of this one copy
    return named
