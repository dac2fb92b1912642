"""Finding a service by typing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.languages import LANGUAGES
from config.transliteration import to_cyrillic
from kiosk.folding import spellings, words
from kiosk.search import find
from tests.kiosk.catalogues import demo

CATALOGUE = demo()
SERVICES = {service.id: service for group in CATALOGUE.groups for service in group.services}

#: as many results as stand on one screen
SEEN = 6


def seen(query: str, language: str = "uz-Latn") -> list[str]:
    """Return the ids of the services on the first screen."""
    return [service.id for service in find(query, CATALOGUE, language)[:SEEN]]


def ways(text: str) -> list[str]:
    """Return what somebody types who thinks of this text: four letters of one of its words."""
    return [word[:4] for word in words(text)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_four_letters_of_its_name_find_every_service(service, language):
    """In each language, the beginning of some word of the name brings it to the first screen."""
    assert any(service.id in seen(way, language) for way in ways(service.texts[language]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_four_letters_of_what_people_call_it_find_it(service, language):
    """So does every everyday word, unless more services than a screen holds share it."""
    everybody = [word for each in SERVICES.values() for word in each.search]
    own = [word for word in service.search if everybody.count(word) <= SEEN]
    assert own != []
    for word in own:
        assert any(service.id in seen(way, language) for way in ways(word)), word


@pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)
def test_everyday_words_are_found_in_the_other_script(service):
    """What is written here in Latin may be typed in Cyrillic."""
    latin = [word for word in service.search if word.isascii() and "." not in word]
    missed = [word for word in latin if service not in find(to_cyrillic(word), CATALOGUE, "ru")]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "service"),
    [
        ("загс", "A01"),
        ("metr", "A01"),
        ("nikoh", "A02"),
        ("prav", "F01"),
        ("прав", "F01"),
        ("xayd", "F01"),
        ("shtr", "F05"),
        ("штра", "F05"),
        ("komm", "L04"),
        ("комм", "L04"),
        ("svet", "L01"),
        ("sadi", "M01"),
        ("садик", "M01"),
        ("bogʻ", "M01"),
        ("боғч", "M01"),
        ("bogc", "M01"),
        ("pens", "R01"),
        ("пенс", "R01"),
        ("zagr", "E02"),
        ("propiska", "E03"),
        ("пропи", "E03"),
        ("yatt", "J01"),
        ("ип", "J01"),
        ("мчж", "J02"),
        ("ecp", "J06"),
        ("sudi", "T01"),
        ("apos", "T04"),
        ("kass", "U02"),
        ("жало", "V05"),
        ("wedd", "A02"),
        ("tax", "T06"),
        ("náre", "A01"),
        ("nare", "A01"),
    ],
)
def test_the_word_that_comes_to_mind_leads_there(query, service):
    """The service that most people mean is among the first three."""
    assert service in seen(query)[:3]


@pytest.mark.parametrize(
    ("typed", "service"),
    [
        ("pasprt", "E01"),
        ("passpport", "E01"),
        ("psaport", "E01"),
        ("kadasrt", "G02"),
        ("apastil", "T04"),
        ("litsinziya", "K01"),
        ("тонеровка", "F04"),
        ("komunal", "L04"),
        ("nostrofikatsiya", "M05"),
    ],
)
def test_one_slip_is_forgiven(typed, service):
    """A letter wrong, missing, too many or in its neighbour's place."""
    assert service in seen(typed)


def test_two_words_narrow_the_search():
    """Every word has to fit, in any order and however far it is typed."""
    assert seen("yoʻq prava")[0] == "F02"
    assert seen("prava yoʻq")[0] == "F02"
    assert find("prava nikoh", CATALOGUE, "ru") == ()


def test_the_own_language_comes_first():
    """A word of the visitor's language is meant rather than the same letters of another."""
    (first, *_) = find("home", CATALOGUE, "en")
    assert first.id == "V04"


@pytest.mark.parametrize("typed", ["qarz", "oila", "pasp", "soli"])
def test_nothing_is_guessed_beside_a_hit(typed):
    """As soon as something is found as typed, no near miss stands beside it."""
    ways = spellings(typed)
    for hit in find(typed, CATALOGUE, "uz-Latn"):
        told = {spelling for word in told_of(hit) for spelling in spellings(word)}
        assert any(word.startswith(way) for word in told for way in ways), hit.id


def told_of(service) -> list[str]:
    """Return all words of a service and its group."""
    group = next(g for g in CATALOGUE.groups if g.prefix == service.group)
    texts = (*service.texts.values(), *service.search, *group.texts.values())
    return [word for text in texts for word in words(text)]


@pytest.mark.parametrize("query", ["", "   ", "ʻ", "ь", "…", "bzbz", "щкщк", "🙂", "%_'\"\\"])
def test_nonsense_finds_nothing(query):
    """Neither an error nor all services."""
    assert find(query, CATALOGUE, "ru") == ()


@given(st.text(max_size=20), st.sampled_from(list(LANGUAGES)))
def test_whatever_is_typed_there_is_an_answer(query, language):
    """No service comes twice, and none that does not exist."""
    ids = [service.id for service in find(query, CATALOGUE, language)]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= set(SERVICES)


def test_another_catalogue_is_another_search():
    """What was found before is not found in a catalogue that no longer has it."""
    (first,) = (group for group in CATALOGUE.groups if group.prefix == "F")
    smaller = CATALOGUE.model_copy(update={"groups": [first]})
    assert find("zags", CATALOGUE, "ru") != ()
    assert find("zags", smaller, "ru") == ()
    assert {service.group for service in find("p", smaller, "ru")} == {"F"}


def test_the_queue_of_this_moment_is_told():
    """What is remembered are the words, never the waits."""
    group = CATALOGUE.groups[0]
    busy = group.model_copy(
        update={"services": [s.model_copy(update={"waiting": 77}) for s in group.services]}
    )
    later = CATALOGUE.model_copy(update={"groups": [busy]})
    find("metr", CATALOGUE, "ru")
    assert {service.waiting for service in find("metr", later, "ru")} == {77}
