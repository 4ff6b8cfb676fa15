"""Where a feed and what belongs to it are. Our names are guards: a plugin's pages lie below its name."""

from dataclasses import dataclass

from host import absolute_url

ATOM, JSON = "atom.xml", "feed.json"


@dataclass(frozen=True)
class Addresses:
    """Of one space's feed. `base` has no slash at its end."""

    base: str

    @classmethod
    def public(cls, account_id: int) -> "Addresses":
        """As readers elsewhere reach it."""
        return cls(absolute_url(_path(account_id)))

    @classmethod
    def here(cls, account_id: int) -> "Addresses":
        """For our own pages."""
        return cls(_path(account_id))

    def feed(self, name: str, before: int | None = None) -> str:
        return f"{self.base}/{name}" + (f"?before={before}" if before is not None else "")

    def entry(self, key: str) -> str:
        return f"{self.base}/entries/{key}"

    def picture(self, key: str, number: int) -> str:
        return f"{self.entry(key)}/pictures/{number}"


def _path(account_id: int) -> str:
    return f"/publishing/feeds/{account_id}"
