"""A board and its traits, each a small module."""

from host.models.board.board import Board
from host.models.board.publishable import Publication

__all__ = ["Board", "Publication"]
