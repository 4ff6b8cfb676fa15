"""An answer that was being drawn when somebody wrote something is for the one who asked, and nobody after."""

import asyncio

from host.pagecache import PageCache
from host.pagecache.cache import SCOPE_KEY


class Counter:
    """A database that is in the state that we say."""

    state = 1

    async def now(self):
        return self.state

    def close(self):
        pass


class Pages:
    """Each path is drawn as often as it is asked for; one takes as long as we like."""

    def __init__(self):
        self.drawn = []
        self.slow_may_end = asyncio.Event()

    async def __call__(self, scope, _receive, send):
        self.drawn.append(scope["path"])
        if self.drawn == ["/boards/slow"]:
            await self.slow_may_end.wait()
        scope[SCOPE_KEY].reusable = True
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"drawn"})


async def ask(cache, path):
    heard = []

    async def send(message):
        heard.append(message)

    about = {"type": "http", "method": "GET", "scheme": "http", "query_string": b"", "headers": []}
    await cache({**about, "path": path}, None, send)
    return heard[-1]["body"]


def test_it_is_drawn_again():
    async def story():
        database, pages = Counter(), Pages()
        cache = PageCache(pages, database)
        slow = asyncio.create_task(ask(cache, "/boards/slow"))
        await asyncio.sleep(0)
        database.state = 2
        await ask(cache, "/boards/quick")
        pages.slow_may_end.set()
        assert await slow == b"drawn"
        for _each in range(2):
            assert await ask(cache, "/boards/slow") == b"drawn"
        return pages.drawn

    assert asyncio.run(story()) == ["/boards/slow", "/boards/quick", "/boards/slow"]
