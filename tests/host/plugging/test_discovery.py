"""Where plugins are found, and which of two gets the name."""

import sys

import pytest

from host.plugging.discovery import discover


@pytest.fixture
def found(data):
    """What is found, by name; ours apart, which are always there."""
    return lambda: {each.name: each for each in discover(data / "plugins") if each.source != "bundled"}


def unpacked(data, name, *, module, distribution="fallow-plugin", version="0.4", needs=()):
    """A distribution as `pip install --target` leaves it in the data folder."""
    folder = data / "plugins"
    info = folder / f"{distribution.replace('-', '_')}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n")
    (info / "entry_points.txt").write_text(f"[fallow.plugins]\n{name} = {module}\n")
    packages = [module.partition(".")[0].partition(":")[0], *needs]
    for package in packages:
        (folder / package).mkdir(exist_ok=True)
        (folder / package / "__init__.py").write_text("")
    (info / "RECORD").write_text("".join(f"{package}/__init__.py,,\n" for package in packages))
    return info


def test_ours_are_found_through_their_entry_points(data):
    ours = {each.name: each for each in discover(data / "plugins") if each.source == "bundled"}
    assert {"entropy", "notifications"} <= set(ours)
    assert ours["entropy"].module_name == "plugins.entropy"


def test_a_folder_that_is_not_there_has_none(found):
    assert found() == {}
    assert not any("data/plugins" in entry for entry in sys.path)


def test_a_package_in_the_data_folder_is_found_and_not_imported(plant, found):
    plant("orchard", "raise SystemExit(3)")
    assert found()["orchard"].source == "folder"
    assert found()["orchard"].standing == "off"
    assert "orchard" not in sys.modules


def test_the_folder_comes_last_on_the_path(plant, found):
    plant("orchard")
    found()
    found()
    assert [entry.endswith("data/plugins") for entry in sys.path].count(True) == 1
    assert sys.path[-1].endswith("data/plugins")


def test_a_distribution_in_the_data_folder_is_found_once_with_its_version(data, found):
    unpacked(data, "orchard", module="orchard_trees")
    (orchard,) = found().values()
    assert (orchard.name, orchard.module_name, orchard.version) == ("orchard", "orchard_trees", "0.4")


def test_what_a_distribution_brings_along_is_no_plugin(data, found):
    unpacked(data, "orchard", module="orchard_trees", needs=["treelib"])
    assert list(found()) == ["orchard"]


def test_a_distribution_that_cannot_be_read_hides_no_other(data, plant, found, caplog):
    info = unpacked(data, "orchard", module="orchard_trees")
    (info / "METADATA").unlink()
    plant("meadow")
    assert list(found()) == ["meadow"]
    assert "cannot be read" in caplog.text


def test_an_entry_point_names_a_module(data, found):
    unpacked(data, "orchard", module="orchard_trees:Plugin")
    assert found()["orchard"].standing == "failed"


def test_a_second_distribution_of_ours_is_not_taken_for_ours(data, found):
    unpacked(data, "entropy", module="imposter", distribution="fallow", version="99")
    assert found() == {}


@pytest.mark.parametrize("name", ["Orchard", "1st", "two__bars", "a-b", "x" * 31])
def test_a_name_that_cannot_be_a_table_prefix_is_refused(plant, found, name):
    plant(name)
    assert "small letters" in found()[name].reason


def test_a_name_that_python_or_another_has_taken_is_refused(plant, found):
    plant("calendar", "raise AssertionError('never imported')")
    assert "called calendar already" in found()["calendar"].reason
