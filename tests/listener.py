"""A port at which somebody listens, and a thread for each who comes: what the servers of tests stand on."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Thread


class Listener:
    """Listens from the start; `talk` gets each connection, and closes it."""

    def __init__(self, talk: Callable[[socket.socket], object], address: str = "127.0.0.1") -> None:
        self._talk = talk
        self.came = 0
        self.is_open = True
        self._talks: list[Thread] = []
        self._socket = socket.create_server((address, 0))
        self.address, self.port = self._socket.getsockname()[:2]
        self._serving = self._serve()

    def close(self) -> None:
        """From now on nobody gets through: connections are refused. The port stays ours."""
        self._hang_up()
        self.is_open = False
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((self.address, self.port))

    def open(self) -> None:
        """After `close`; where it is open already, nothing."""
        if self.is_open:
            return
        self.is_open = True
        self._socket.listen()
        self._serving = self._serve()

    def stop(self) -> None:
        """For good, once every talk is over."""
        self._hang_up()
        for talk in self._talks:
            talk.join(10)

    def _hang_up(self) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._serving.join()

    def _serve(self) -> Thread:
        serving = Thread(target=self._accept, args=(self._socket,), daemon=True)
        serving.start()
        return serving

    def _accept(self, listening: socket.socket) -> None:
        with suppress(OSError):  # that it is closed is how it ends
            while True:
                connection, _from = listening.accept()
                self.came += 1
                talk = Thread(target=self._talk, args=(connection,), daemon=True)
                self._talks.append(talk)
                talk.start()
