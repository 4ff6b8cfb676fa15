"""What a person wants to hear of, by which way and how often. Whoever never chose has no row, and our own choice."""

from collections.abc import Collection, Mapping
from datetime import datetime, time

from sqlalchemy import JSON, ForeignKey, String, Time, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Model, Moment, User, _, db, insert_ignoring, notice_kind, notify, now, words
from plugins.notifications.pace import Pace, after_quiet
from plugins.notifications.topics import Topic, Way, topics

HOUR = time(8, 30)
SETTINGS = "/settings/mine/notifications/notifications"  # the page on which they are chosen
STOPPED = notice_kind("notifications.mail", title=_("Your letters were refused"))

Choices = dict[str, list[str]]  # the ways that a person chose for a topic, by its name


class Preferences(Model):
    __tablename__ = "notifications_preferences"

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), primary_key=True)
    pace: Mapped[Pace] = mapped_column(words(Pace), default=Pace.HALF_HOUR)
    hour: Mapped[time] = mapped_column(Time, default=HOUR)  # of the daily and weekly bundle, by the person's clock
    quiet_from: Mapped[time | None] = mapped_column(Time)
    quiet_to: Mapped[time | None] = mapped_column(Time)
    choices: Mapped[Choices] = mapped_column(JSON, default=dict)
    summary: Mapped[bool] = mapped_column(default=False)  # a weekly word on what rested, will rest and was published
    summed_up_at: Mapped[datetime | None] = mapped_column(Moment)
    mail_stopped_at: Mapped[datetime | None] = mapped_column(Moment)  # a mail server refused this person's address
    mail_error: Mapped[str | None] = mapped_column(String(500))

    user: Mapped[User] = relationship()

    @classmethod
    def of(cls, person: User) -> "Preferences":
        """Theirs, or ours where they never chose; those are not stored."""
        return db.session.get(cls, person.id) or cls.standard(person)

    @classmethod
    def kept(cls, person: User) -> "Preferences":
        """Theirs, to be changed: stored from now on. Of two who store the first at once one finds the other's."""
        theirs = db.session.get(cls, person.id)
        if theirs is None:
            ours = {"user_id": person.id, "pace": Pace.HALF_HOUR, "hour": HOUR, "choices": {}, "summary": False}
            db.session.execute(insert_ignoring(cls).values(ours))
            theirs = db.session.get_one(cls, person.id)
        return theirs

    @classmethod
    def standard(cls, person: User) -> "Preferences":
        return cls(user=person, pace=Pace.HALF_HOUR, hour=HOUR, choices={}, summary=False)

    def ways(self, topic: Topic) -> frozenset[Way]:
        """By which ways news of this topic reaches the person."""
        chosen = self.choices.get(topic.name)
        return topic.ways if chosen is None else frozenset(Way(way) for way in chosen)

    def choose(self, ways: Mapping[str, Collection[Way]]) -> None:
        """Take these ways, by the topic's name; what is as we would have it is not stored, so that it follows us.
        Topics of plugins that are off now keep what was chosen."""
        known = {topic.name: topic for topic in topics()}
        differing: Choices = {
            name: sorted(str(way) for way in chosen)
            for name, chosen in ways.items()
            if name in known and set(chosen) != known[name].ways
        }
        self.choices = {name: kept for name, kept in self.choices.items() if name not in ways} | differing

    def ask_for_summary(self, *, wanted: bool) -> None:
        """The first comes on the Monday after it was asked for."""
        if wanted and not self.summary:
            self.summed_up_at = now()
        self.summary = wanted

    def window_end(self, at: datetime) -> datetime:
        """When a bundle that is opened at this moment goes out. Raises ValueError for whoever wants none."""
        return self.after_quiet(self.pace.end(at, self.hour, self.user.timezone))

    def after_quiet(self, at: datetime) -> datetime:
        return after_quiet(at, self.quiet_from, self.quiet_to, self.user.timezone)

    @property
    def is_quiet(self) -> bool:
        """Whether these are the hours in which the person wants to hear nothing."""
        return self.after_quiet(now()) > now()

    @property
    def bundles(self) -> bool:
        """Whether anything is sent to this person."""
        return self.pace is not Pace.NEVER and self.user.active

    def stop_mail(self, why: str) -> None:
        """Send no more until they say so, and say that in the bell."""
        self.mail_stopped_at, self.mail_error = now(), why[:500]
        notify([self.user], STOPPED, _("No more letters are sent to you: %(why)s", why=why), SETTINGS)

    def resume_mail(self) -> None:
        self.mail_stopped_at = self.mail_error = None


def preferences_of(people: Collection[int]) -> dict[int, Preferences]:
    """Of each of these people, by id; in two statements however many they are."""
    users = db.session.scalars(select(User).where(User.id.in_(people))).all()
    found = db.session.scalars(select(Preferences).where(Preferences.user_id.in_(people))).all()
    chosen = {each.user_id: each for each in found}
    return {user.id: chosen.get(user.id) or Preferences.standard(user) for user in users}
