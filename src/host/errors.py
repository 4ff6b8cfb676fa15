"""The errors that reach people: a sentence each, never a traceback."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus

Messages = Mapping[str, Sequence[str]]


class Fault(Exception):  # noqa: N818 -- it reads as what it is: `raise NotFound`, `raise Refused`
    """Something that cannot be done, said in one sentence. The command line prints it and exits 1."""

    status = HTTPStatus.CONFLICT

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotFound(Fault):
    """There is no such thing, or this person may not know of it."""

    status = HTTPStatus.NOT_FOUND


class Gone(Fault):
    """There was such a thing, and it has come to its end."""

    status = HTTPStatus.GONE


class Forbidden(Fault):
    """The person may see it but not do this."""

    status = HTTPStatus.FORBIDDEN


class Invalid(Fault):
    """Input that names its fields: `errors` maps a field to its messages."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, errors: Messages) -> None:
        super().__init__(" ".join(text for texts in errors.values() for text in texts))
        self.errors = errors
