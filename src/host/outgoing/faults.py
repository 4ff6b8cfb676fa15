"""What can go wrong when another machine is asked: a sentence each, which repeats of an address only its host."""

from http import HTTPStatus

from host.errors import Fault
from host.i18n import _


class OutgoingFault(Fault):
    """Another machine could not be asked, or gave no fit answer.

    `lasting`: the same request would end in the same way, so it is not worth trying again.
    `may_have_arrived`: it may have been received and acted upon; where it is False nothing of it was sent.
    """

    lasting = False
    may_have_arrived = False


class AddressRefused(OutgoingFault):
    """Nothing is sent to such an address."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    lasting = True


class Unreachable(OutgoingFault):
    """No connection came about."""

    def __init__(self, host: str) -> None:
        super().__init__(_("No connection to %(host)s could be made.", host=host))


class Unknown(Unreachable):
    """Its name leads nowhere; also when nobody can be asked for names just now."""

    def __init__(self, host: str) -> None:
        super().__init__(host)
        self.message = _("There is no server called %(host)s.", host=host)


class NotSecure(OutgoingFault):
    """Its certificate is not valid, or it speaks no TLS. An expired one may be renewed, so this does not last."""

    def __init__(self, host: str, why: str = "") -> None:
        if why:
            super().__init__(_("The certificate of %(host)s is not valid: %(why)s.", host=host, why=why.rstrip(".")))
        else:
            super().__init__(_("%(host)s offers no secure connection.", host=host))


class TooSlow(OutgoingFault):
    """The time for the whole request was up."""

    def __init__(self, host: str, *, may_have_arrived: bool = False) -> None:
        super().__init__(_("%(host)s took too long to answer.", host=host))
        self.may_have_arrived = may_have_arrived


class BrokenOff(OutgoingFault):
    """The connection ended within the request or the answer, or what came was no HTTP."""

    may_have_arrived = True

    def __init__(self, host: str) -> None:
        super().__init__(_("The answer of %(host)s broke off or could not be read.", host=host))


class TooLarge(OutgoingFault):
    """The answer is larger than what was asked for at most."""

    lasting = True
    may_have_arrived = True

    def __init__(self, host: str) -> None:
        super().__init__(_("The answer of %(host)s is too large.", host=host))
