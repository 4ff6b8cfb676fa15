"""The tasks that this program can run: the host's own, and those of the plugins that are on."""

from host.errors import NotFound
from host.i18n import _
from host.plugging import plugins
from host.plugging.tasks import Periodic, Subscription, Task

HOST = "host"


def tasks() -> dict[str, Task]:
    """Every task by its name, whether registered by itself, as periodic or by a subscription."""
    return {task.name: task for task in (each if isinstance(each, Task) else each.task for each in _declared())}


def periodics() -> dict[str, Periodic]:
    """Every periodic task by its name, in the order of the names."""
    found = {each.name: each for each in _declared() if isinstance(each, Periodic)}
    return dict(sorted(found.items()))


def periodic(name: str) -> Periodic:
    """Raises NotFound, with the names there are."""
    found = periodics()
    if name not in found:
        names = ", ".join(found) or "–"
        raise NotFound(_("There is no periodic task “%(name)s”. There are: %(names)s.", name=name, names=names))
    return found[name]


def plugin_title(name: str) -> str:
    """The title of the plugin that a task belongs to, also while it is off, or ours."""
    plugin = name.partition(".")[0]
    if plugin == HOST:
        return _("Fallow")
    found = plugins().found.get(plugin)
    return found.title if found else plugin


def _declared() -> list[Task | Periodic | Subscription]:
    plugins().refresh()  # so that a worker of its own heeds a switch as well
    return [*_own(), *(each for plugin in plugins().on for each in plugin.declared.tasks)]


def _own() -> list[Task | Periodic | Subscription]:
    """Named `host.…`, as no plugin can be."""
    from host.files.forgetting import forget_content
    from host.files.small import make_small
    from host.mail.trial import send_trial
    from host.models.card.deleting import delete_removed
    from host.models.held_forgetting import throw_away

    return [send_trial, forget_content, make_small, delete_removed, throw_away]
