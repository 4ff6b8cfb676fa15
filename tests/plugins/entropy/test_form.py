"""The form in which a period is chosen: what it takes, what it refuses and what it says then."""

import pytest
from marshmallow import ValidationError

from plugins.entropy.form import AccountForm, BoardForm, filled
from plugins.entropy.period import Period

from .conftest import DAY


def loaded(form, **sent):
    values = form().load(sent)
    return values["seconds"], values["follows"]


@pytest.mark.parametrize("days", [7, 14, 30, 60, 90])
def test_a_preset_is_a_number_of_days(days):
    assert loaded(AccountForm, period=str(days)) == (days * DAY, False)


@pytest.mark.parametrize(
    ("amount", "unit", "seconds"),
    [
        ("45", "days", 45 * DAY),
        ("36", "hours", 129_600),
        ("1", "minutes", 60),
        ("90", "seconds", 90),
        ("3650", "days", 3650 * DAY),
    ],
)
def test_custom_is_an_amount_of_a_unit(amount, unit, seconds):
    assert loaded(AccountForm, period="custom", amount=amount, unit=unit) == (seconds, False)


def test_never_and_following_are_told_apart():
    assert loaded(BoardForm, period="never") == (None, False)
    assert loaded(BoardForm, period="default") == (None, True)


def test_a_space_follows_nothing():
    with pytest.raises(ValidationError, match="Choose one of these"):
        AccountForm().load({"period": "default"})


@pytest.mark.parametrize("left_over", ["", "0", "many", "99999999999"])
def test_the_amount_counts_only_for_custom(left_over):
    assert loaded(AccountForm, period="30", amount=left_over, unit="fortnights") == (30 * DAY, False)


LIMITS = "Choose between one minute and ten years."
WHOLE = "Use a whole number."


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("0", LIMITS),
        ("-1", LIMITS),
        ("3651", LIMITS),
        ("9" * 30, LIMITS),
        ("9" * 5000, WHOLE),  # more digits than Python reads
        ("1.5", WHOLE),
        ("1,5", WHOLE),
        ("1e9", WHOLE),
        ("inf", WHOLE),
        ("nan", WHOLE),
        ("a week", WHOLE),
        ("", WHOLE),
        (["1", "2"], WHOLE),
        (None, "How many?"),
    ],
)
def test_a_bad_amount_is_named(amount, message):
    with pytest.raises(ValidationError) as refused:
        AccountForm().load({"period": "custom", "amount": amount, "unit": "days"})
    assert refused.value.messages == {"amount": [message]}


def test_half_a_minute_is_too_short():
    with pytest.raises(ValidationError) as refused:
        AccountForm().load({"period": "custom", "amount": "59", "unit": "seconds"})
    assert refused.value.messages == {"amount": [LIMITS]}


def test_a_missing_amount_is_asked_for():
    with pytest.raises(ValidationError) as refused:
        AccountForm().load({"period": "custom", "unit": "days"})
    assert refused.value.messages == {"amount": ["How many?"]}


@pytest.mark.parametrize("sent", [{}, {"period": ""}, {"period": "31"}, {"period": "soon"}, {"period": ["7", "14"]}])
def test_a_choice_that_is_none_is_named(sent):
    with pytest.raises(ValidationError) as refused:
        BoardForm().load(sent)
    assert [*refused.value.messages] == ["period"]


def test_an_unknown_unit_is_named():
    with pytest.raises(ValidationError) as refused:
        AccountForm().load({"period": "custom", "amount": "1", "unit": "fortnights"})
    assert refused.value.messages == {"unit": ["Choose one of these."]}


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (30 * DAY, ("30", 30, "days")),
        (45 * DAY, ("custom", 45, "days")),
        (90, ("custom", 90, "seconds")),
        (None, ("never", 30, "days")),
    ],
)
def test_what_holds_is_what_the_form_shows(seconds, shown):
    assert tuple(filled(Period(seconds)).values()) == shown


@pytest.mark.parametrize("seconds", [60, 90, 3600, 36 * 3600, 7 * DAY, 45 * DAY, None])
def test_sending_the_form_as_it_stands_changes_nothing(seconds):
    sent = {key: str(value) for key, value in filled(Period(seconds)).items()}
    assert loaded(AccountForm, **sent) == (seconds, False)
