"""Plugins: finding, loading, asking them, switching them on and off."""

from host.plugging.gather import attempt, gather, plugins
from host.plugging.hookspecs import hookimpl, hookspec
from host.plugging.loaded import Loaded
from host.plugging.registry import PluginRegistry

__all__ = ["Loaded", "PluginRegistry", "attempt", "gather", "hookimpl", "hookspec", "plugins"]
