"""Which cards are asked for, in words of an address: `?tag=garden&assignee=3&place=done`."""

from host.filters.criteria import CRITERIA, NOBODY
from host.filters.due import Due
from host.filters.filter import Filter
from host.filters.order import BY_HAND, ORDERS
from host.filters.window import Window

__all__ = ["BY_HAND", "CRITERIA", "NOBODY", "ORDERS", "Due", "Filter", "Window"]
