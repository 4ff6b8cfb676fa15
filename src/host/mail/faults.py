"""What may become of a letter besides its being sent. Each says so in a sentence that a person can act on."""

from host.errors import Fault


class MailFault(Fault):
    """The letter was not sent, as far as we know. `code` is the server's reply, where it gave one."""

    def __init__(self, message: str, *, code: int | None = None) -> None:
        super().__init__(message)
        self.code = code


class MailDelayed(MailFault):
    """Nobody has to do anything: try later. When it is `uncertain`, the server had the whole letter and its answer was
    lost, so it may have arrived: send it again with the same Message-ID."""

    def __init__(self, message: str, *, code: int | None = None, uncertain: bool = False) -> None:
        super().__init__(message, code=code)
        self.uncertain = uncertain


class MailRefused(MailFault):
    """The server takes no mail for this person, or not this letter, and would say the same again."""


class MailMisconfigured(MailFault):
    """No letter of this space goes out until an admin does something; then this one may."""
