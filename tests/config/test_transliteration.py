"""Uzbek Latin to Cyrillic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.transliteration import to_cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Oʻzbekcha", "Ўзбекча"),
        ("Koʻchmas mulk reyestridan koʻchirma", "Кўчмас мулк реестридан кўчирма"),
        ("Maʼlumotnoma", "Маълумотнома"),
        ("Yoʻqolgan", "Йўқолган"),
        ("Emizikli bola", "Эмизикли бола"),
        ("Litsenziya va ruxsatnomalar", "Лицензия ва рухсатномалар"),
    ],
)
def test_uzbek_words_are_spelt_in_cyrillic(latin, cyrillic):
    """Ordinary words follow the alphabet and its positional rules."""
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Fuqarolik holati (FHDY)", "Фуқаролик ҳолати (ФҲДЁ)"),
        ("JShShIR maʼlumotini olish", "ЖШШИР маълумотини олиш"),
        ("Elektron raqamli imzo (ERI)", "Электрон рақамли имзо (ЭРИ)"),
    ],
)
def test_abbreviations_take_the_letters_of_their_cyrillic_names(latin, cyrillic):
    """ФҲДЁ ends in ё because ёзиш does."""
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("ID-kartani olish", "ID-картани олиш"),
        ("OneID va Mobile-ID roʻyxatdan oʻtish", "OneID ва Mobile-ID рўйхатдан ўтиш"),
        ("SMS-xabar", "SMS-хабар"),
        ("I-II guruh", "I-II гуруҳ"),
    ],
)
def test_latin_names_and_roman_numerals_stay_latin(latin, cyrillic):
    """Names are written in Cyrillic text as they are; suffixes are not."""
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("avtomobil oynasi", "автомобиль ойнаси"),
        ("Avtomobillar", "Автомобильлар"),
        ("avtomobili", "автомобили"),
        ("Parol", "Пароль"),
    ],
)
def test_a_soft_sign_falls_away_before_a_vowel(latin, cyrillic):
    """Loan words keep their soft sign, but not before a suffix that begins with a vowel."""
    assert to_cyrillic(latin) == cyrillic


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("Urush qatnashchisi", "Уруш қатнашчиси"),
        ("Keyin menga qaytsin", "Кейин менга қайтсин"),
        ("meditsina", "медицина"),
    ],
)
def test_letters_that_meet_at_a_suffix_stay_two(latin, cyrillic):
    """Sh and ch of two syllables are no щ, t and s of two syllables no ц."""
    assert to_cyrillic(latin) == cyrillic


def test_placeholders_stay_as_they_are():
    """What the program fills in keeps its name."""
    assert to_cyrillic("{n}-oynaga, soat {time} larda") == "{n}-ойнага, соат {time} ларда"


@given(st.from_regex(r"\{[a-z]{1,6}\}", fullmatch=True), st.sampled_from(["oyna", "kishi", "e"]))
def test_any_placeholder_survives_beside_any_word(placeholder, word):
    """No placeholder is touched, wherever it stands."""
    assert to_cyrillic(f"{word}{placeholder}{word}").count(placeholder) == 1
