"""What Fallow asks of other machines, guarded: `http_client`."""

from host.outgoing.address import checked_url
from host.outgoing.client import http_client
from host.outgoing.faults import (
    AddressRefused,
    BrokenOff,
    NotSecure,
    OutgoingFault,
    TooLarge,
    TooSlow,
    Unknown,
    Unreachable,
)

__all__ = [
    "AddressRefused",
    "BrokenOff",
    "NotSecure",
    "OutgoingFault",
    "TooLarge",
    "TooSlow",
    "Unknown",
    "Unreachable",
    "checked_url",
    "http_client",
]
