"""A letter to one person."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8, EmailPolicy

from host.clock import now
from host.mail.address import MailAddress
from host.mail.smtp_url import Sender
from host.models.typed import line

HEADER = re.compile(r"[A-Za-z0-9-]+")
# A visible text without breaks: whatever holds an address breaks out of its header with one.
VALUE = re.compile(r"[\x20-\x7e]{1,900}")
MESSAGE_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]+@[\x21-\x3b\x3d\x3f-\x7e]+>")
OURS = frozenset({"to", "from", "subject", "date", "message-id", "mime-version", "sender", "cc", "bcc", "reply-to"})
LONGEST_LINE = 78


@dataclass(frozen=True)
class Letter:
    """What a person is to read, as text and as HTML. One with the same `message_id` (`<…@…>`) is the same letter to
    whoever gets it twice. `headers` are further ones, such as `List-Unsubscribe`, in ASCII.

    Raises ValueError for a Message-ID or a header that is none, so that no text ever becomes a header of its own.
    """

    to: str
    subject: str
    text: str
    html: str
    message_id: str
    to_name: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not MESSAGE_ID.fullmatch(self.message_id):
            raise ValueError(f"{self.message_id!r} is no Message-ID")
        for name, value in self.headers.items():
            taken = name.lower() in OURS or name.lower().startswith("content-")
            if taken or not HEADER.fullmatch(name) or not VALUE.fullmatch(value):
                raise ValueError(f"{name!r} cannot be {value!r}")

    def message(self, to: MailAddress, sender: Sender) -> EmailMessage:
        """As it goes over the wire."""
        message = EmailMessage(policy=WIRE if to.is_ascii and sender.address.is_ascii else WIRE_UTF8)
        message["From"] = _address(sender.name, sender.address)
        message["To"] = _address(self.to_name, to)
        message["Subject"] = line(self.subject)
        message["Date"] = now()
        message["Message-ID"] = self.message_id
        for name, value in self.headers.items():
            message[name] = value
        message.set_content(self.text)
        message.add_alternative(self.html, subtype="html")
        return message


class _Wire(EmailPolicy):
    """Python folds a header at its blanks, and one long word, such as an address, into pieces that no mail program puts
    together again. Those headers stay on one line."""

    def fold(self, name: str, value: str) -> str:
        return self._whole(name, value) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        return self._whole(name, value).encode() or super().fold_binary(name, value)

    def _whole(self, name: str, value: str) -> str:
        told = str(value)
        is_long_word = any(len(word) + len(name) > LONGEST_LINE - 3 for word in told.split(" "))
        return f"{name}: {told}\r\n" if is_long_word and VALUE.fullmatch(told) else ""


# In seven bits: a server may not know more.
WIRE = _Wire(**{**SMTP.__dict__, "cte_type": "7bit"})
WIRE_UTF8 = _Wire(**{**SMTPUTF8.__dict__, "cte_type": "7bit"})


def _address(name: str, address: MailAddress) -> Address:
    return Address(line(name), address.local, address.domain)
