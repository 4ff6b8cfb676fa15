"""An import: a file that was brought, how it is to be read, what came of it, and the way back."""

from collections.abc import Mapping
from datetime import datetime
from typing import IO, Any, BinaryIO, cast

from sqlalchemy import JSON, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import Fault, File, Id, Invalid, Model, Moment, NotFound, User, _, db, now
from plugins.publishing import removing
from plugins.publishing.post import Post, TooLate
from plugins.publishing.transfer import as_csv, as_json, columns
from plugins.publishing.transfer.bringing import Bringing, Progress, Wish, ignore
from plugins.publishing.transfer.item import Item
from plugins.publishing.transfer.report import Report
from plugins.publishing.transfer.table import LARGEST, Table

SPACE = b" \t\r\n"


class Import(Model):
    """Its person's. The file is kept until the posts are there."""

    __tablename__ = "publishing_import"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    columns: Mapped[dict[str, str]] = mapped_column(JSON)  # what a table's columns mean, by their titles
    wish: Mapped[str] = mapped_column(String(20), default=Wish.DRAFTS.value)
    leave_out: Mapped[bool] = mapped_column(default=True)  # what is there already
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    undone_at: Mapped[datetime | None] = mapped_column(Moment)

    by: Mapped[User] = relationship()
    file: Mapped[File | None] = relationship()

    @classmethod
    def begin(cls, stream: IO[bytes], name: str, by: User) -> "Import":
        """Keep the file, and guess its columns; another that was begun and never done is forgotten. Raises Invalid
        (`file`)."""
        for other in db.session.scalars(select(cls).filter_by(by_id=by.id, done_at=None)).all():
            other.forget()
        file = File.keep(cast("BinaryIO", stream), name, by)
        begun = cls(account_id=by.account_id, by=by, file=file, name=file.name, columns={}, report={})
        db.session.add(begun)
        begun.columns = {} if begun.is_json else columns.guess(begun.table.titles)
        db.session.flush()
        return begun

    @classmethod
    def one_of(cls, person: User, id: int) -> "Import":  # noqa: A002
        """Raises NotFound."""
        found = db.session.scalars(select(cls).filter_by(by_id=person.id, id=id)).first()
        if found is None:
            raise NotFound(_("There is no such import."))
        return found

    @property
    def is_json(self) -> bool:
        with self._kept.open() as content:
            return is_json(content.read(64))

    @property
    def table(self) -> Table:
        """Raises Invalid (`file`)."""
        if self._kept.size > LARGEST:
            raise Invalid({"file": [_("A table has at most %(n)s MB.", n=LARGEST // 1024 // 1024)]})
        return Table.read(self._kept.read())

    @property
    def posts(self) -> int:
        """How many the file holds. Raises Invalid (`file`)."""
        return len(as_json.read(self._kept.read())) if self.is_json else len(self.table.rows)

    @property
    def is_open(self) -> bool:
        """Nothing came of it yet."""
        return self.done_at is None and self.file is not None

    def choose(self, wish: Wish, *, leave_out: bool, meanings: Mapping[str, str]) -> None:
        """How it is to be read, from now on."""
        self.wish, self.leave_out = wish.value, leave_out
        self.columns = {title: meanings.get(title, meaning) for title, meaning in self.columns.items()}

    def rehearse(self) -> None:
        """Keep only what would come of it. Raises Invalid (`file`, `columns`)."""
        items = self._items()
        trial = db.session.begin_nested()
        report, _posts = self._bring(items)
        trial.rollback()
        self.report = report.as_json

    def run(self, progress: Progress = ignore) -> Report:
        """Bring the posts in, all or none: with errors only the report is kept. Raises Invalid, Fault."""
        items = self._items()
        whole = db.session.begin_nested()
        report, posts = self._bring(items, progress)
        if report.errors:
            whole.rollback()
        else:
            db.session.add_all(Imported(import_id=self.id, post_id=post.id, revision=post.revision) for post in posts)
            whole.commit()
            self.done_at = now()
            self._drop_file()
        self.report = report.as_json
        return report

    def undo(self) -> tuple[int, int]:
        """Delete what it brought, but for what somebody changed since, or what is on its way or out; how many went and
        how many stayed. Raises Fault for one that was undone."""
        if self.done_at is None or self.undone_at is not None:
            raise Fault(_("There is nothing to undo."))
        ids = select(Imported.post_id, Imported.revision).filter_by(import_id=self.id)
        brought = db.session.execute(ids.order_by(Imported.post_id)).all()
        gone = sum(self._take_back(post_id, revision) for post_id, revision in brought)
        self.undone_at = now()
        return gone, len(brought) - gone

    def forget(self) -> None:
        self._drop_file()
        db.session.delete(self)
        db.session.flush()

    @property
    def _kept(self) -> File:
        if self.file is None:
            raise Fault(_("This file was brought in already."))
        return self.file

    def _items(self) -> list[Item]:
        if not self.is_open:
            raise Fault(_("This file was brought in already."))
        return as_json.read(self._kept.read()) if self.is_json else as_csv.read(self.table, self.columns, self.by)

    def _bring(self, items: list[Item], progress: Progress = ignore) -> tuple[Report, list[Post]]:
        return Bringing(self.by, Wish(self.wish), leave_out_duplicates=self.leave_out).bring(items, progress)

    def _drop_file(self) -> None:
        file, self.file = self.file, None
        db.session.flush()
        if file is not None:
            file.remove()

    def _take_back(self, post_id: int, revision: int) -> bool:
        post = db.session.get(Post, post_id)
        if post is None or post.revision != revision:
            return False
        try:
            with db.session.begin_nested():
                removing.delete(post, self.by)
        except TooLate:
            return False
        return True


class Imported(Model):
    """A post that an import brought, as it was then."""

    __tablename__ = "publishing_imported"

    import_id: Mapped[int] = mapped_column(Id, ForeignKey("publishing_import.id", ondelete="CASCADE"), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        Id, ForeignKey("publishing_post.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    revision: Mapped[int]


def is_json(beginning: bytes) -> bool:
    """By its first sign, whatever the file is called."""
    return beginning.removeprefix(b"\xef\xbb\xbf").lstrip(SPACE)[:1] in (b"{", b"[")
