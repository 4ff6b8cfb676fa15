"""X, by its API of version 2."""

from plugins.publishing.networks.x.platform import X

PLATFORM = X()

__all__ = ["PLATFORM", "X"]
