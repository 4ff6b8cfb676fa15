"""Trello's label colours as our hues."""

HUES = {
    "green": "moss",
    "lime": "moss",
    "yellow": "straw",
    "orange": "clay",
    "red": "rust",
    "purple": "heather",
    "pink": "heather",
    "blue": "sky",
    "sky": "lichen",
    "black": "soil",
}
COLOURLESS = "stone"


def hue_of(colour: str) -> str:
    """The hue for a Trello colour; `green_dark` and `green_light` count as green."""
    return HUES.get(colour.lower().partition("_")[0], COLOURLESS)
