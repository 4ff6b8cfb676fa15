"""The services by which a person can be reached besides mail: what each needs to know, and how it is spoken to."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from host import Fault, Invalid, _, gather

Settings = Mapping[str, str]
LONGEST = 2000
OURS = "notifications"


class Message(NamedTuple):
    """What is said: plain words, and where they lead (a whole address)."""

    title: str
    text: str
    url: str


class ChannelFault(Fault):
    """The service did not take it. `lasting`: it will not take the next one either, until its person does something."""

    def __init__(self, message: str, *, lasting: bool) -> None:
        super().__init__(message)
        self.lasting = lasting


@dataclass(frozen=True)
class ChannelField:
    """Something that a person enters; all of it is kept encrypted, and a secret is not shown while it is typed."""

    name: str
    label: str
    hint: str = ""
    secret: bool = False
    required: bool = True
    given: str = ""  # where nothing is entered


@dataclass(frozen=True)
class ChannelKind:
    """A service. `check(settings)` raises Invalid for what cannot be right, and asks nobody; `send(settings, message)`
    is called in a job, outside of any transaction, and raises ChannelFault."""

    name: str
    title: str
    fields: Sequence[ChannelField]
    check: Callable[[Settings], None]
    send: Callable[[Settings, Message], None]
    icon: str = "send"

    def read(self, typed: Mapping[str, object]) -> dict[str, str]:
        """What was typed into its fields. Raises Invalid."""
        settings = {each.name: str(typed.get(each.name) or "").strip() or each.given for each in self.fields}
        missing = [each.name for each in self.fields if each.required and not settings[each.name]]
        too_long = [name for name, value in settings.items() if len(value) > LONGEST]
        errors = {name: [_("This is needed.")] for name in missing} | {
            name: [_("At most %(n)s characters.", n=LONGEST)] for name in too_long
        }
        if errors:
            raise Invalid(errors)
        self.check(settings)
        return settings


def kinds() -> Mapping[str, ChannelKind]:
    """All services of the plugins that are on, by name."""
    offered = [(plugin, kind) for plugin, some in gather("register_channels") for kind in some]
    return {kind.name: kind for kind in (_named(plugin, kind) for plugin, kind in offered)}


def _named(plugin: str, kind: ChannelKind) -> ChannelKind:
    return kind if plugin == OURS else replace(kind, name=f"{plugin}.{kind.name}")
