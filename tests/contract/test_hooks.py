"""What every hook must have: words, a page, a test, a plugin of ours that uses it; and what happens when it raises."""

import ast
import inspect
import runpy
from importlib import import_module

import pytest

from host.clock import now
from host.plugging import hookspecs, plugins
from host.plugging.loader import known_hooks
from host.summaries import summary_of
from tests.contract.source import PLUGINS, ROOT, functions, modules

pytestmark = pytest.mark.sqlite_only("a page is the same on either; what a failing hook leaves there: test_gather")

HOOKS = sorted(known_hooks())
LOAD = [name for name in HOOKS if name.startswith("register_")]
JOB = ["summary_sections"]
PAGE = [name for name in HOOKS if name not in (*LOAD, *JOB)]
FAULTS = ["1 / 0", "raise SystemExit(3)"]
# Those that our plugins offer to others.
OFFERED = [
    (plugin.name, function.name)
    for plugin in PLUGINS
    for path in plugin.glob("hookspecs.py")
    for function in functions(path)
]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_says_when_it_is_called_and_what_an_error_does(hook):
    said = inspect.getdoc(getattr(hookspecs, hook))
    assert "\nWhen: " in said
    assert "\nOn error: " in said


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_its_section_with_its_exact_signature(hook):
    arguments = ", ".join(ast.unparse(argument) for argument in specified(hook).args.args).replace("'", "")
    assert f"## {hook}\n\n```python\ndef {hook}({arguments}) -> " in (ROOT / "docs" / "hooks.md").read_text()


def test_the_page_of_hooks_is_in_step():
    made = runpy.run_path(str(ROOT / "build" / "hooks_page.py"))["page"]()
    assert (ROOT / "docs" / "hooks.md").read_text() == made


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_has_a_test_by_its_name(hook):
    named = {function.name for path in modules(ROOT / "tests" / "host") for function in functions(path)}
    assert f"test_hook_{hook}" in named


@pytest.mark.parametrize("hook", HOOKS)
def test_a_plugin_of_ours_uses_the_hook(hook):
    """A hook is a promise; one that nobody has used is an untried one (decision 8)."""
    users = [plugin.name for plugin in PLUGINS if hook in {each.name for each in functions(plugin / "__init__.py")}]
    assert users


@pytest.mark.parametrize(("plugin", "hook"), OFFERED)
def test_a_hook_of_a_plugin_says_the_same_and_has_its_section_and_its_test(plugin, hook):
    said = inspect.getdoc(getattr(import_module(f"plugins.{plugin}.hookspecs"), hook))
    assert "\nWhen: " in said
    assert "\nOn error: " in said
    assert f"### {hook}\n\nOf `{plugin}`.\n\n```python\ndef {hook}(" in (ROOT / "docs" / "hooks.md").read_text()
    tests = modules(ROOT / "tests" / "plugins" / plugin)
    assert f"test_hook_{hook}" in {function.name for path in tests for function in functions(path)}


@pytest.fixture
def running(orchard, make_app, data):
    """running("board_banner", "1 / 0"): a program whose plugin orchard fails in this hook."""

    def run(hook, fault):
        orchard(hook, fault)
        return make_app(data=data, strict=False)

    return run


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", LOAD)
def test_a_plugin_that_raises_at_load_is_off_and_the_rest_runs(running, visit, hook, fault):
    running(hook, fault)
    orchard = plugins().found["orchard"]
    assert orchard.standing == "failed"
    assert orchard.traceback
    pages = visit()
    assert all(status == 200 for status, _page in pages.values()), pages
    assert "Orchard" not in pages["/"][1]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", PAGE)
def test_a_plugin_that_raises_in_a_page_leaves_the_page(running, visit, hook, fault):
    running(hook, fault)
    pages = visit()
    assert all(status == 200 for status, _page in pages.values()), pages
    orchard = plugins().found["orchard"]
    assert {incident.moment for incident in orchard.faults} == {hook}
    assert orchard.standing == "on"
    notice = "Orchard cannot be shown just now"
    assert any(notice in page for _status, page in pages.values()) is (hook == "card_panel")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("hook", JOB)
def test_a_plugin_that_raises_in_a_job_leaves_out_its_part(running, owner, hook, fault):
    running(hook, fault)
    assert summary_of(owner, now()) == []
    assert {incident.moment for incident in plugins().found["orchard"].faults} == {hook}


def test_a_plugin_that_fails_nowhere_is_seen_everywhere(running, visit):
    """What the tests above would miss if the hooks were never called."""
    running("none", "pass")
    seen = "".join(page for _status, page in visit().values())
    assert plugins().found["orchard"].faults == []
    assert all(words in seen for words in ("sees an orchard", "tree 1 of", "looks at tree 1", "Orchard topbar"))


def test_a_migration_that_raises_leaves_the_hosts_tables_and_pages(orchard, data, make_app, visit):
    (data / "plugins" / "orchard" / "migrations" / "orchard_0001.py").write_text("raise SystemExit(3)")
    make_app(data=data, strict=False)
    assert plugins().found["orchard"].standing == "failed"
    assert all(status == 200 for status, _page in visit().values())


@pytest.mark.parametrize("fault", FAULTS)
def test_a_page_that_raises_is_its_plugins_fault(running, visit, client_of, fault):
    app = running("page", fault)
    app.testing = False
    visit()
    assert client_of(app).get("/orchard/").status_code == 500
    assert [incident.moment for incident in plugins().found["orchard"].faults] == ["page orchard.index"]


def specified(hook):
    (found,) = [each for each in functions(ROOT / "src" / "host" / "plugging" / "hookspecs.py") if each.name == hook]
    return found
