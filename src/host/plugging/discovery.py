"""Finding plugins, without importing any.

Three sources, one mechanism: entry points of our own distribution, of whatever else is installed, and of what lies in
the data folder's `plugins/` (a package, or a distribution unpacked there), in the frozen program too.
"""

import importlib
import logging
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, EntryPoint, distributions
from importlib.util import find_spec
from pathlib import Path

from host.errors import Fault
from host.i18n import _
from host.plugging.loaded import Loaded, Source
from host.plugging.names import require_name

log = logging.getLogger(__name__)

GROUP = "fallow.plugins"
OURS = "fallow"
RANKS = ("bundled", "installed", "folder", "missing")  # of two of one name, the first here is taken


def discover(folder: Path) -> list[Loaded]:
    """Every plugin that can be found, in the order in which they get their names; unfit ones have failed already.

    The folder is appended to the path, never put first: a plugin there must not shadow the host.
    """
    if folder.is_dir() and str(folder) not in sys.path:
        sys.path.append(str(folder))
    importlib.invalidate_caches()
    found = list(_from_distributions(folder))
    packages = {each.module_name.partition(".")[0] for each in found} | _packed(folder)
    found += [each for each in _loose_packages(folder) if each.module_name not in packages]
    return sorted(found, key=lambda each: (each.name, RANKS.index(each.source)))


def _from_distributions(folder: Path) -> Iterator[Loaded]:
    """Python takes the first distribution of a name on its path, and so do we: later ones cannot be imported."""
    seen: set[str] = set()
    for distribution in distributions():
        try:
            points = list(distribution.entry_points.select(group=GROUP))
            if not points or (name := distribution.name.lower()) in seen:
                continue
            found = [_of_point(point, distribution, folder) for point in points]
        except Exception:  # a half-removed distribution leaves a folder without a readable name
            log.warning("an installed distribution cannot be read: %s", distribution.locate_file(""), exc_info=True)
            continue
        seen.add(name)
        yield from found


def _of_point(point: EntryPoint, distribution: Distribution, folder: Path) -> Loaded:
    place = Path(str(distribution.locate_file("")))
    each = Loaded(point.name, point.value, _source(distribution, place, folder), str(place), distribution.version)
    _vet(each)
    if point.attr:
        each.fail(_("Its entry point names a part of a module; it must name the module."))
    return each


def _source(distribution: Distribution, place: Path, folder: Path) -> Source:
    if distribution.name.lower() == OURS:
        return "bundled"
    return "folder" if place.is_relative_to(folder) else "installed"


def _loose_packages(folder: Path) -> Iterator[Loaded]:
    for init in sorted(folder.glob("*/__init__.py")):
        each = Loaded(init.parent.name, init.parent.name, "folder", str(folder))
        _vet(each)
        if each.standing != "failed" and not _is_its_own(init):
            each.fail(_("There is a Python module called %(name)s already; rename the plugin.", name=each.name))
        yield each


def _packed(folder: Path) -> set[str]:
    """The packages that came with distributions unpacked in the folder: a plugin's own, and what it needs."""
    files = (path for distribution in distributions(path=[str(folder)]) for path in distribution.files or ())
    return {path.parts[0] for path in files}


def _vet(each: Loaded) -> None:
    try:
        require_name(each.name)
    except Fault as fault:
        each.fail(fault)


def _is_its_own(init: Path) -> bool:
    """Whether importing the folder's name gives the folder, and no module of Python's or of another distribution."""
    try:
        spec = find_spec(init.parent.name)
    except ValueError:  # a module made at run time, without a spec
        return False
    return spec is not None and spec.origin is not None and Path(spec.origin) == init
