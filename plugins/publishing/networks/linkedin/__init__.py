"""LinkedIn, by its Posts API."""

from plugins.publishing.networks.linkedin.platform import LinkedIn

PLATFORM = LinkedIn()

__all__ = ["PLATFORM", "LinkedIn"]
