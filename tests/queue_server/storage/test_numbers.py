from tests.factories import DAY
from tests.queue_server.storage.undoing import undone


def test_counts_from_one_for_each_prefix_and_day(database):
    """Each prefix of each day counts from 1 by itself."""
    with database.write() as work:
        given = [work.numbers.next(DAY, prefix) for prefix in "AAEA"]
        tomorrow = work.numbers.next(DAY.replace(day=24), "A")
    assert (given, tomorrow) == ([1, 2, 1, 3], 1)


def test_a_number_of_an_undone_transaction_is_given_again(database):
    """What is undone leaves no gap in the numbers."""
    with undone(database) as work:
        work.numbers.next(DAY, "A")
    with database.write() as work:
        assert work.numbers.next(DAY, "A") == 1
