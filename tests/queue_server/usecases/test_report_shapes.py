"""How figures get their names and their order."""

from queue_server.domain.measures_bag import Bag
from queue_server.usecases.report_shapes import MOST_REASONS, Clerk, Shaper
from tests.factories import a_catalogue, texts


def a_shaper(**changes: object) -> Shaper:
    """Return a shaper of the tests' center with two clerks."""
    clerks = {"zoe": Clerk("Zoe", 1), "abe": Clerk("Abe", 2), "eve": Clerk("Eve", None)}
    return Shaper(a_catalogue(**changes), clerks)


def test_parts_stand_in_the_halls_order() -> None:
    """The catalogue's, then what it no longer knows; windows and hours by number."""
    orders = {
        "group": (["E", "A", "Z"], ["A", "E", "Z"]),
        "service": (["gone", "E02", "A01"], ["A01", "E02", "gone"]),
        "window": (["10", "9"], ["9", "10"]),
        "hour": (["10", "9"], ["9", "10"]),
        "category": (["infant", "none", "disability"], ["none", "disability", "infant"]),
        "channel": (["mobile", "booking", "kiosk"], ["kiosk", "booking", "mobile"]),
        "clerk": (["eve", "abe", "gone", "zoe"], ["zoe", "abe", "eve", "gone"]),
    }
    for part, (keys, order) in orders.items():
        bags = {key: Bag() for key in keys}
        assert [s.key for s in a_shaper().slices(part, bags, {})] == order, part


def test_what_is_known_has_its_texts() -> None:
    """A service that the catalogue no longer has keeps its id alone."""
    known, gone = a_shaper().slices("service", {"A01": Bag(), "gone": Bag()}, {})
    assert known.texts == texts("A01")
    assert gone.texts == {}
    (category,) = a_shaper().slices("category", {"infant": Bag()}, {})
    assert category.texts == texts("Infant")


def test_documents_have_names_also_those_that_nobody_may_demand() -> None:
    """The most frequent first; one that was since dropped has its key."""
    shaper = a_shaper(documents={"passport": texts("Passport")}, not_required=(texts("Photo"),))
    bag = Bag({"away:passport": 1, "away:not_required-1": 3, "away:not_required-9": 2})
    found = shaper.figures(bag).conduct.documents
    assert [(one.key, one.count) for one in found] == [
        ("not_required-1", 3),
        ("not_required-9", 2),
        ("passport", 1),
    ]
    assert [one.texts for one in found] == [texts("Photo"), {}, texts("Passport")]


def test_only_the_most_frequent_reasons_are_told() -> None:
    """A year has many words for the same thing."""
    bag = Bag({f"why:{n}": n for n in range(1, 99)})
    reasons = a_shaper().figures(bag).conduct.reasons
    assert len(reasons) == MOST_REASONS
    assert (reasons[0].key, reasons[0].count) == ("98", 98)


def test_a_clerk_is_not_judged_by_a_few_ratings() -> None:
    """Below 30 there is their number and no share; of a window there is one."""
    bag = Bag({"stars:5": 29, "finished": 58})
    (clerk,) = a_shaper().slices("clerk", {"zoe": bag}, {})
    (window,) = a_shaper().slices("window", {"1": bag}, {})
    assert (clerk.figures.ratings.n, clerk.figures.ratings.top_two) == (29, None)
    assert clerk.figures.ratings.response_rate == window.figures.ratings.response_rate == 0.5
    assert window.figures.ratings.top_two == 1.0
    bag.add(Bag({"stars:1": 1}))
    (clerk,) = a_shaper().slices("clerk", {"zoe": bag}, {})
    assert clerk.figures.ratings.top_two == round(29 / 30, 4)


def test_handling_is_service_and_wrap_up() -> None:
    """AHT, occupancy and services an hour from one clerk's morning."""
    hour = 3_600_000
    bag = Bag(
        {
            "transactions": 12,
            "timed": 10,
            "work_ms": hour,
            "serving_ms": hour,
            "wrap_ms": hour // 5,
            "login_ms": 2 * hour,
        }
    )
    work = a_shaper().figures(bag).work
    assert (work.transaction_minutes, work.wrap_up_minutes, work.handling_minutes) == (6, 1, 7)
    assert (work.occupancy, work.transactions_per_hour, work.adherence) == (0.6, 6, None)


def test_nothing_has_no_figures() -> None:
    """An empty part says zero where it counts, and nothing where it would divide."""
    figures = a_shaper().figures(Bag())
    assert (figures.visitors, figures.waits.mean, figures.first_visit) == (0, None, None)
    assert (figures.work.handling_minutes, figures.ratings.low) == (None, None)
