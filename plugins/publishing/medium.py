"""A picture of a post."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from host import File, Id, Model
from plugins.publishing.platform import Picture
from plugins.publishing.post import Post

LONGEST_ALT = 1500  # characters; the least of what the networks take


class Medium(Model):
    __tablename__ = "publishing_medium"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("publishing_post.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id", ondelete="CASCADE"), index=True)
    part: Mapped[int] = mapped_column(default=0)  # of the thread
    position: Mapped[int] = mapped_column(default=0)
    alt: Mapped[str] = mapped_column(String(LONGEST_ALT), default="")

    post: Mapped[Post] = relationship(back_populates="media")
    file: Mapped[File] = relationship()

    @property
    def picture(self) -> Picture:
        """With all that is needed once the transaction is over, but its bytes: those are read from the store."""
        file = self.file
        return Picture(
            name=file.name,
            type=file.type,
            size=file.size,
            width=file.width or 0,
            height=file.height or 0,
            alt=self.alt,
            read=file.reader,
        )
