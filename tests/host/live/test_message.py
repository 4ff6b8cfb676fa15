"""Messages as texts for other processes."""

from host.live.message import Message

MOST_BYTES = 8000  # what PostgreSQL takes in one notification


def test_a_message_survives_the_journey():
    for message in (Message(3, ("board 1", "card 2"), frozenset({7, 9})), Message(3, ("jobs",), None)):
        assert [Message.decoded(text) for text in message.encoded()] == [message]


def test_a_large_message_goes_in_pieces_that_postgresql_takes():
    topics = tuple(f"card {10**18 - number}" for number in range(100))
    people = frozenset(range(10**11, 10**11 + 1000))
    texts = list(Message(10**11, topics, people).encoded())
    assert max(len(text.encode()) for text in texts) < MOST_BYTES
    pieces = [Message.decoded(text) for text in texts]
    told = {(topic, person) for piece in pieces for topic in piece.topics for person in piece.people or ()}
    assert told == {(topic, person) for topic in topics for person in people}
