"""Letters that nobody can send yet, kept as files that any mail program opens: no letter is dropped in silence."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from host.clock import now
from host.i18n import _
from host.mail.faults import MailDelayed


class Folder:
    """The letters of one space below `mail/` in the data folder, by day."""

    def __init__(self, data: Path, account_id: int) -> None:
        self.path = data / "mail"
        self.account_id = account_id

    def __len__(self) -> int:
        return sum(1 for _letter in self._named("*"))

    def keep(self, message: EmailMessage) -> Path:
        """The file that holds it, now or since an earlier try: the same Message-ID is the same letter.

        Raises MailDelayed when the disk is full or may not be written."""
        name = hashlib.sha256(str(message["Message-ID"]).encode()).hexdigest()[:24]
        try:
            return next(self._named(name), None) or self._write(name, message.as_bytes())
        except OSError as error:
            words = _("The letter could not be kept in %(path)s: %(error)s.", path=self.path, error=error.strerror)
            raise MailDelayed(words) from error

    def _named(self, name: str) -> Iterator[Path]:
        return self.path.glob(f"*/{self.account_id}-{name}.eml")

    def _write(self, name: str, wire: bytes) -> Path:
        """Aside, then renamed, so that nobody finds half a letter."""
        day = self.path / f"{now():%Y-%m-%d}"
        day.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.path.chmod(0o700)  # mkdir gives parents the usual rights
        place = day / f"{self.account_id}-{name}.eml"
        aside = place.with_suffix(f".{secrets.token_hex(4)}")
        with os.fdopen(os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(wire)
            file.flush()
            os.fsync(file.fileno())  # it may be the only one there is
        return aside.replace(place)
