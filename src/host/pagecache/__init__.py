"""Pages that were drawn a moment ago and would be drawn alike again, answered before Flask is asked.

A view says of itself that its answers may be used again (`host.web.cacheable`). Such an answer is given to a request
that is the same, cookie and all, while nothing whatsoever was written in the database since before it was drawn, and
for no longer than `KEPT`, since pages tell of times. See docs/decisions/0022-page-cache.md.
"""

from host.pagecache.cache import PageCache
from host.pagecache.state import State, state_of

__all__ = ["PageCache", "State", "state_of"]
