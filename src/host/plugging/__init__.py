"""Plugins: finding, loading, asking them, switching them on and off."""

from host.plugging.gather import first_result, gather, plugins
from host.plugging.hookspecs import hookimpl, hookspec
from host.plugging.loaded import Loaded
from host.plugging.registry import PluginRegistry

__all__ = ["Loaded", "PluginRegistry", "first_result", "gather", "hookimpl", "hookspec", "plugins"]
