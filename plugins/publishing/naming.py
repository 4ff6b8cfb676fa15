"""Connections by the names that people write: `feed`, `mastodon`, `mastodon:@ada@peer.example`, `@ada@peer.example`."""

from collections.abc import Iterable, Sequence

from host import Invalid, _
from plugins.publishing.connection import FEED, Connection
from plugins.publishing.platforms import platforms


def name_of(connection: Connection) -> str:
    """By which `named` finds it again. The feed's handle is the space's name, which may be any."""
    return FEED if connection.platform == FEED else f"{connection.platform}:{connection.handle}"


def named(names: Iterable[str], usable: Sequence[Connection], field: str) -> list[Connection]:
    """Each once, in their order. Raises Invalid with a sentence for each name that means none, or several."""
    found, wrong = [], []
    for name in names:
        meant = _meant(name.strip(), usable)
        if len(meant) == 1:
            found += [each for each in meant if each not in found]
        else:
            wrong.append(_several(name, meant) if meant else _none(name))
    if wrong:
        raise Invalid({field: wrong})
    return found


def _meant(name: str, usable: Sequence[Connection]) -> list[Connection]:
    network, _colon, handle = name.partition(":")
    known = {title.casefold(): each.name for each in platforms().values() for title in (each.name, each.title)}
    platform = known.get(network.strip().casefold())
    if platform is None:
        return [each for each in usable if _same(each.handle, name)]
    ours = [each for each in usable if each.platform == platform]
    return [each for each in ours if _same(each.handle, handle)] if handle.strip() else ours


def _same(one: str, other: str) -> bool:
    return one.casefold().removeprefix("@") == other.strip().casefold().removeprefix("@")


def _several(name: str, meant: Sequence[Connection]) -> str:
    names = ", ".join(name_of(each) for each in meant)
    return _("“%(name)s” may be any of these: %(names)s.", name=name, names=names)


def _none(name: str) -> str:
    return _("“%(name)s” is no account that you can publish on.", name=name)
