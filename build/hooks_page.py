"""docs/hooks.md, made from the hookspecs. `python build/hooks_page.py` writes it; `--check` says if it is in step."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from dataclasses import MISSING, fields
from importlib import import_module
from pathlib import Path
from types import FunctionType, ModuleType
from typing import get_args

from host.plugging import hookspecs, plugin
from host.plugging.loader import known_hooks
from host.plugging.tasks import Periodic, Subscription, Task

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "hooks.md"
PLUGINS = ROOT / "plugins"
SAMPLE = ROOT / "tests" / "data" / "plugins" / "orchard" / "__init__.py"
GIVEN = (
    plugin.Plugin, plugin.Schema, Task, Periodic, Subscription, plugin.SettingsPanel, plugin.SearchFilter,
    plugin.EventSentence, plugin.Banner, plugin.Badge, plugin.CardPanel, plugin.NavItem,
)  # fmt: skip

HEAD = """\
# Hooks

<!-- Made by build/hooks_page.py from src/host/plugging/hookspecs.py and plugins/*/hookspecs.py; change those, and run
`make docs`. -->

What a plugin may implement, marked with `@hookimpl` in its `__init__.py`. How to write one: [plugins](plugins.md).

Hooks are called by keyword: take the arguments that you need, in any order, and leave the others out. Wrappers,
`tryfirst` and `trylast` are refused; answers are put in order by their `weight`, then by the plugins' names. Each call
has an app context; what a failing hook wrote is undone and the others go on, by a savepoint of its own or, on a page
that is only read, by giving up the transaction; a hook neither commits nor rolls back.

The samples are from the plugin in `tests/data/plugins/orchard`, which the tests run.
"""

OFFERED = """\
## Hooks of our plugins

For plugins that [build on one of them](plugins.md#building-on-another-plugin). What they give and take comes from that
plugin's `__init__.py`.
"""


def page() -> str:
    """The whole page."""
    contents = "\n".join(f"- [`{name}`](#{name.replace(' ', '-')})" for name in hooks())
    sections = "\n".join(section(name) for name in hooks())
    classes = "\n".join(returned(kind) for kind in GIVEN)
    places = ", ".join(f"`{place}`" for place in get_args(plugin.NavPlace))
    given = f"## What hooks give\n\n{classes}\nMenus of `nav_items`: {places}.\n"
    return f"{HEAD}\n{contents}\n\n{sections}\n{given}\n{OFFERED}\n{offered()}"


def hooks() -> list[str]:
    """In the order of the source."""
    return sorted(known_hooks(), key=lambda name: inspect.getsourcelines(getattr(hookspecs, name))[1])


def section(name: str) -> str:
    function = getattr(hookspecs, name)
    what, _blank, rest = inspect.getdoc(function).partition("\n\n")
    points = "\n".join(f"- **{word}:** {words}" for word, words in labelled(rest))
    return f"## {name}\n\n{code(signature(function))}\n\n{what}\n\n{points}\n\n{code(sample(name))}\n"


def offered() -> str:
    """The hooks that our plugins offer to others, plugin by plugin."""
    modules = [
        import_module(f"plugins.{path.parent.name}.hookspecs") for path in sorted(PLUGINS.glob("*/hookspecs.py"))
    ]
    return "\n".join(one_offered(module, hook) for module in modules for hook in in_order(module))


def in_order(module: ModuleType) -> list[FunctionType]:
    """A plugin's hooks in the order of its source."""
    own = [each for _name, each in inspect.getmembers(module, inspect.isfunction) if each.__module__ == module.__name__]
    return sorted(own, key=lambda each: each.__code__.co_firstlineno)


def one_offered(module: ModuleType, hook: FunctionType) -> str:
    what, _blank, rest = inspect.getdoc(hook).partition("\n\n")
    points = "\n".join(f"- **{word}:** {words}" for word, words in labelled(rest))
    owner = module.__name__.split(".")[1]
    return f"### {hook.__name__}\n\nOf `{owner}`.\n\n{code(signature(hook))}\n\n{what}\n\n{points}\n"


def code(text: str) -> str:
    return f"```python\n{text}\n```"


def signature(function: object) -> str:
    """As it is written, types and all, on one line."""
    source = inspect.getsource(function)
    written = re.search(r"def .*?\n(?=    \"\"\")", source, re.DOTALL)
    plain = re.sub(r"\s*# type: ignore\[[\w-]+\]", "", written[0])
    return re.sub(r"\(\s+|\s+\)", lambda found: found[0].strip(), " ".join(plain.split())).replace('"', "").rstrip(":")


def labelled(text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(r"\n(?=When:|On error:)", text.strip()):
        word, _colon, words = part.partition(":")
        yield word, " ".join(words.split())


def sample(name: str) -> str:
    """The hook in the sample plugin, without what lets it fail."""
    source = SAMPLE.read_text()
    (found,) = (node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef) and node.name == name)
    lines = source.splitlines()[found.decorator_list[0].lineno - 1 : found.end_lineno]
    return "\n".join(line for line in lines if "may_fail" not in line)


def returned(kind: type) -> str:
    """A dataclass with its fields; what has a default need not be given."""
    shown = [each for each in fields(kind) if each.name != "plugin"]
    needed = [each.name for each in shown if each.default is MISSING and each.default_factory is MISSING]
    optional = [each.name + "=" for each in shown if each.name not in needed]
    call = ", ".join([*needed, *optional])
    return f"### {kind.__name__}\n\n`{kind.__name__}({call})`\n\n{inspect.getdoc(kind)}\n"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        PAGE.write_text(page())
    elif PAGE.read_text() != page():
        sys.exit("docs/hooks.md is not in step with the hookspecs; run `make docs`")
