"""PKCE by the example of its standard."""

from plugins.publishing.networks import pkce


def test_the_challenge_of_the_standard():
    """RFC 7636, appendix B."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert pkce.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_verifiers_are_long_enough_and_their_own():
    verifiers = {pkce.new_verifier() for _number in range(20)}
    assert len(verifiers) == 20
    assert all(43 <= len(each) <= 128 for each in verifiers)
