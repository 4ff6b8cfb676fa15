"""A real SMTP server for a test, that does as it is told: takes letters, refuses them, falls silent or hangs up."""
# ruff: noqa: N802 -- aiosmtpd finds the commands by their names

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from enum import StrEnum
from threading import Event, Thread
from typing import Any

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from host.mail.security import Security

USER, PASSWORD = "fallow", "a hedge of roses"
TAKEN = "250 2.0.0 Taken"
CHUNK = 1000  # bytes of a letter that are read before the line is cut amid it


class Step(StrEnum):
    """What a client has just done when the server misbehaves."""

    CONNECT = "CONNECT"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    AUTH = "AUTH"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    BODY = "BODY"  # it is amid the letter
    END = "END"  # it has sent all of it: the server has taken it, and only its answer is missing


@dataclass(frozen=True)
class Taken:
    """A letter that the server took upon itself."""

    sender: str
    to: str
    message: EmailMessage
    raw: bytes
    secure: bool
    user: str | None


@dataclass
class Whim:
    """What happens at a step: a reply, silence or the end. So many times, or for ever."""

    step: Step
    reply: str | None
    times: float
    to: str

    def fits(self, step: Step, about: str) -> bool:
        return self.times > 0 and step == self.step and self.to in about


SILENCE, HANG_UP = None, ""


@dataclass
class SmtpServer:
    """`letters` is what it took, `steps` what clients did. It knows one user, USER with PASSWORD, and asks for them
    where `must_sign_in`. `security` is "starttls", "tls" or "none"."""

    tls: ssl.SSLContext | None = None
    security: str = "none"
    must_sign_in: bool = True
    knows_utf8: bool = True
    letters: list[Taken] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    port: int = 0
    talks: "list[_Talk]" = field(default_factory=list, repr=False)

    def __post_init__(self) -> None:
        self._whims: list[Whim] = []
        self.start()

    @property
    def settings(self) -> dict[str, Any]:
        """For MailServer.keep, or the form."""
        told = {"host": "localhost", "port": self.port, "security": Security(self.security)}
        signs_in = {"username": USER, "password": PASSWORD} if self.must_sign_in else {}
        return told | signs_in | {"sender_address": "fallow@example.org", "sender_name": "Fallow"}

    def answer(self, step: Step, reply: str, *, times: float = float("inf"), to: str = "") -> None:
        """Reply `451 4.7.1 Greylisted` at this step; with `to` only where that is in what the client says."""
        self._whims.append(Whim(step, reply, times, to))

    def fall_silent(self, step: Step, *, times: float = float("inf")) -> None:
        """Say nothing more after this step."""
        self._whims.append(Whim(step, SILENCE, times, ""))

    def hang_up(self, step: Step, *, times: float = float("inf"), to: str = "") -> None:
        """Break the connection off after this step."""
        self._whims.append(Whim(step, HANG_UP, times, to))

    def behave(self) -> None:
        """From now on do as one should."""
        self._whims.clear()

    def start(self) -> None:
        """On the same port as before, if it was stopped."""
        listening = socket.create_server(("127.0.0.1", self.port))
        self.port = listening.getsockname()[1]
        ready = Event()
        # All in a thread of its own: the test's may have a loop that runs, as Playwright's does.
        self._thread = Thread(target=lambda: asyncio.run(self._serve(listening, ready)), daemon=True)
        self._thread.start()
        assert ready.wait(30)

    def stop(self) -> None:
        """Nothing answers there any more; letters are kept."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def whim(self, step: Step, about: str) -> Whim | None:
        self.steps.append(step)
        found = next((each for each in self._whims if each.fits(step, about)), None)
        if found is not None:
            found.times -= 1
        return found

    async def _serve(self, listening: socket.socket, ready: Event) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        direct = self.tls if self.security == "tls" else None
        server = await self._loop.create_server(lambda: _Talk(self, self._loop), sock=listening, ssl=direct)
        ready.set()
        await self._stopping.wait()
        server.close()
        for talk in self.talks:
            if talk.transport is not None:
                talk.transport.abort()
        for _round in range(3):  # what was aborted closes in the next rounds of the loop
            await asyncio.sleep(0)


class _Talk(SMTP):
    """One client's connection."""

    def __init__(self, server: SmtpServer, loop: asyncio.AbstractEventLoop) -> None:
        self.server = server
        server.talks.append(self)
        by_starttls = server.security == "starttls"
        super().__init__(
            _Taking(self),
            hostname="smtp.test",
            tls_context=server.tls if by_starttls else None,
            require_starttls=by_starttls,
            auth_require_tls=by_starttls,
            authenticator=_known,
            enable_SMTPUTF8=server.knows_utf8,
            loop=loop,
        )

    async def _handle_client(self) -> None:
        with suppress(ConnectionResetError):
            if not await self._interfered(Step.CONNECT):
                await super()._handle_client()

    async def check_auth_needed(self, _command: str) -> bool:
        """Ours, since aiosmtpd's own warns of what a test without TLS wants."""
        needed = self.server.must_sign_in and not self.session.authenticated
        if needed:
            await self.push("530 5.7.0 Authentication required")
        return needed

    async def smtp_EHLO(self, hostname: str) -> None:
        if not await self._interfered(Step.EHLO):
            await super().smtp_EHLO(hostname)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if not await self._interfered(Step.STARTTLS):
            await super().smtp_STARTTLS(arg)

    async def smtp_AUTH(self, arg: str) -> None:
        if not await self._interfered(Step.AUTH):
            await super().smtp_AUTH(arg)

    async def smtp_MAIL(self, arg: str | None) -> None:
        if not await self._interfered(Step.MAIL, arg or ""):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:
        if not await self._interfered(Step.RCPT, arg or ""):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if await self._interfered(Step.DATA):
            return
        whim = self.server.whim(Step.BODY, "")
        if whim is not None:
            await self.push("354 Go on")
            await self._reader.read(CHUNK)
            await self.push(await self.do(whim))
            return
        await super().smtp_DATA(arg)

    async def do(self, whim: Whim) -> str:
        """The reply, where there is one."""
        if whim.reply is SILENCE:
            await asyncio.Event().wait()
        if whim.reply == HANG_UP:
            self.transport.abort()
            raise ConnectionResetError
        return whim.reply or ""

    async def _interfered(self, step: Step, about: str = "") -> bool:
        whim = self.server.whim(step, about)
        if whim is not None:
            await self.push(await self.do(whim))
        return whim is not None


class _Taking:
    """What happens at the end of a letter."""

    def __init__(self, talk: _Talk) -> None:
        self.talk = talk

    async def handle_DATA(self, _talk: SMTP, session: Session, envelope: Envelope) -> str:
        server = self.talk.server
        whim = server.whim(Step.END, envelope.rcpt_tos[0])
        if whim is None or not whim.reply:
            secure = server.security == "tls" or session.ssl is not None
            server.letters.append(_taken(session, envelope, secure=secure))
        return TAKEN if whim is None else await self.talk.do(whim)


def _known(_server: SMTP, session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
    known = (given.login, given.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False, auth_data=given.login.decode() if known else None)


def _taken(session: Session, envelope: Envelope, *, secure: bool) -> Taken:
    raw = bytes(envelope.original_content or b"")
    message = message_from_bytes(raw, policy=default)
    (to,) = envelope.rcpt_tos
    return Taken(str(envelope.mail_from), to, message, raw, secure=secure, user=session.auth_data)


@pytest.fixture
def serve_smtp(trusted: Callable[..., ssl.SSLContext]) -> Iterator[Callable[..., SmtpServer]]:
    """`serve_smtp("tls", must_sign_in=False)`: one of another kind. `tls` is its certificate, if not one for localhost
    that this process trusts."""
    begun: list[SmtpServer] = []

    def one(security: str = "starttls", *, tls: ssl.SSLContext | None = None, **more: Any) -> SmtpServer:
        begun.append(SmtpServer(tls or trusted("localhost"), security, **more))
        return begun[-1]

    yield one
    for each in begun:
        each.stop()


@pytest.fixture
def smtp_server(serve_smtp: Callable[..., SmtpServer]) -> SmtpServer:
    """A well-behaved one with STARTTLS and a sign-in."""
    return serve_smtp()
