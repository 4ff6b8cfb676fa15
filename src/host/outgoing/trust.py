"""Whose word counts for who another machine is."""

import ssl

import certifi


def trust() -> ssl.SSLContext:
    """The system's authorities, with those that an admin added, and Mozilla's: a system may have none."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
