"""A visit to a network: from "connect" to a connection, or to a word why not.

A network is never asked from inside a request, so a visit is a row that jobs move on, and a page that follows it.
"""

import hashlib
import json
import logging
import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Fault, Id, Invalid, LostSecret, Model, Moment, NotFound, Sealed, User, _, db, now, publish_live, words
from plugins.publishing.connection import LONGEST_WHY, Connection
from plugins.publishing.doors import Door, Granted, OAuth, Step
from plugins.publishing.platforms import platforms

log = logging.getLogger(__name__)

LASTS = timedelta(hours=1)
LONGEST = 4000  # characters of what a person enters
LONGEST_URL = 4000
ERROR = re.compile(r"[a-z_]{1,40}")  # as OAuth names them (RFC 6749, section 4.1.2.1)
ENTERED = "entered"  # in a connection's profile: for the next time


class Stage(StrEnum):
    BEGINNING = "beginning"  # a job asks the network
    AWAY = "away"  # the person is at the network, or on their way
    RETURNED = "returned"  # a job exchanges what they brought
    DONE = "done"
    FAILED = "failed"


class Visit(Model):
    __tablename__ = "publishing_visit"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    platform: Mapped[str] = mapped_column(String(80))
    stage: Mapped[Stage] = mapped_column(words(Stage), default=Stage.BEGINNING)
    why: Mapped[str | None] = mapped_column(String(LONGEST_WHY))
    entered: Mapped[str | None] = mapped_column(Sealed)  # JSON
    memory: Mapped[str | None] = mapped_column(Sealed)  # JSON: what we have to know when they come back
    code: Mapped[str | None] = mapped_column(Sealed)
    secret: Mapped[str | None] = mapped_column(Sealed)  # the state that the network gives back to us
    mark: Mapped[str] = mapped_column(String(64), unique=True)  # of that secret: SHA-256
    redirect: Mapped[str] = mapped_column(String(500))
    url: Mapped[str | None] = mapped_column(String(LONGEST_URL))  # where the person goes
    connection_id: Mapped[int | None] = mapped_column(ForeignKey("publishing_connection.id", ondelete="SET NULL"))
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)

    user: Mapped[User] = relationship()
    connection: Mapped[Connection | None] = relationship()

    @classmethod
    def begin(cls, person: User, platform: str, typed: Mapping[str, object], redirect: str) -> "Visit":
        """Raises Invalid for a network that there is not, or has nothing to connect, and for what cannot be right."""
        network = platforms().get(platform)
        door = network.door if network else None
        if network is None or door is None:
            raise Invalid({"platform": [_("Choose one of these.")]})
        entered = {each.name: str(typed.get(each.name) or "").strip() or each.given for each in door.fields}
        missing = {
            each.name: [_("This is needed.")] for each in door.fields if each.required and not entered[each.name]
        }
        long = {name: [_("This is too long.")] for name, value in entered.items() if len(value) > LONGEST}
        if missing or long:
            raise Invalid({**missing, **long})
        door.check(entered)
        secret = secrets.token_urlsafe(32)
        visit = cls(user=person, platform=platform, entered=json.dumps(entered), redirect=redirect)
        visit.secret, visit.mark = secret, mark_of(secret)
        db.session.add(visit)
        db.session.flush()
        return visit

    @classmethod
    def one_of(cls, person: User, id: int) -> "Visit":  # noqa: A002
        found = db.session.scalars(select(cls).filter_by(id=id, user_id=person.id)).first()
        if found is None:
            raise NotFound(_("There is no such visit."))
        return found

    @classmethod
    def came_back(cls, person_id: int, mark: str, code: str) -> "Visit":
        """With a code, once. `mark` is of the state with which the network sent them. Raises NotFound for another
        person's and for a state that we did not give, Fault for a second time, for one that took too long, and for what
        is no code."""
        if not 0 < len(code) <= LONGEST:
            raise Fault(_("There was no code. Begin again."))
        return cls._move(person_id, mark, stage=Stage.RETURNED, code=code)

    @classmethod
    def was_refused(cls, person_id: int, mark: str, error: str) -> "Visit":
        """The network sent them back without a code. Raises like `came_back`."""
        visit = cls._move(person_id, mark, stage=Stage.RETURNED)
        network = visit.network_title
        if error == "access_denied":
            visit.fail(_("%(network)s was told no, so nothing was connected.", network=network))
        else:
            said = error if ERROR.fullmatch(error) else "?"
            visit.fail(_("%(network)s sent you back without a code (%(error)s).", network=network, error=said))
        return visit

    @classmethod
    def _move(cls, person_id: int, mark: str, **values: object) -> "Visit":
        """Of two that come at once one wins. This is the first statement of its transaction, for a request that begins
        with reading may not write on SQLite."""
        fresh = cls.created_at > now() - LASTS
        mine = (cls.mark == mark, cls.user_id == person_id)
        back = update(cls).where(*mine, cls.stage == Stage.AWAY, fresh).values(**values).returning(cls.id)
        moved = db.session.scalar(back)
        if moved is None:
            raise cls._why_not(person_id, db.session.scalar(select(cls.stage).where(*mine)))
        visit = db.session.get_one(cls, moved, populate_existing=True)
        visit.show()
        return visit

    @staticmethod
    def _why_not(person_id: int, stage: Stage | None) -> Fault:
        if stage is None:
            log.warning("person %s came with a state that is of no visit of theirs", person_id)
            return NotFound(_("This answer belongs to no visit of yours. Begin again."))
        if stage is Stage.AWAY:
            return Fault(_("That took too long. Begin again."))
        return Fault(_("This visit is over. Begin again."))

    @property
    def door(self) -> object:
        network = platforms().get(self.platform)
        return network.door if network else None

    @property
    def needs_a_trip(self) -> bool:
        return isinstance(self.door, OAuth)

    @property
    def shown(self) -> dict[str, str]:
        """What was entered, without its secrets."""
        door, entered = self.door, read(self.entered)
        fields = door.fields if isinstance(door, Door) else ()
        return {each.name: entered[each.name] for each in fields if not each.secret and entered.get(each.name)}

    @property
    def step(self) -> Step:
        return Step(self.url or "", read(self.memory))

    @property
    def network_title(self) -> str:
        network = platforms().get(self.platform)
        return network.title if network else self.platform

    def go(self, step: Step) -> None:
        """The person may leave."""
        if urlsplit(step.url).scheme not in ("http", "https"):
            self.fail(_("%(network)s has no page to go to.", network=self.network_title))
            return
        self.stage, self.url, self.memory = Stage.AWAY, step.url, json.dumps(dict(step.memory))
        self.show()

    def remember(self, more: Mapping[str, str]) -> None:
        """For the next try to exchange what they brought."""
        self.memory = json.dumps({**read(self.memory), **more})

    def succeed(self, granted: Granted) -> None:
        self.connection = Connection.keep(self.platform, granted, self.user)
        self.connection.learn({ENTERED: self.shown})
        self.stage = Stage.DONE
        self._forget()

    def fail(self, why: str) -> None:
        self.stage, self.why = Stage.FAILED, why[:LONGEST_WHY]
        self._forget()

    def show(self) -> None:
        """On its open page."""
        publish_live(f"visit {self.id}", account_id=self.user.account_id, to=[self.user_id])

    def _forget(self) -> None:
        """What was entered is of no use any more, or kept with the connection."""
        self.entered = self.memory = self.code = self.secret = self.url = None
        self.show()


def mark_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def read(sealed: str | None) -> dict[str, str]:
    if not sealed or isinstance(sealed, LostSecret):
        return {}
    found: dict[str, str] = json.loads(sealed)
    return found
