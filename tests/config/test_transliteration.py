"""Uzbek Latin to Cyrillic and to the coming Latin letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.transliteration import KEPT, to_cyrillic, to_new_latin


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
        ("my.gov.uz orqali", "my.gov.uz орқали"),
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


@pytest.mark.parametrize(
    ("latin", "new"),
    [
        ("Oʻzbekcha", "Özbekça"),
        ("Yoʻqolgan gʻisht", "Yöqolgan ğişt"),
        ("SHAHAR CHOY Chiqish", "ŞAHAR ÇOY Çiqiş"),
        ("Maʼlumotnoma", "Maʼlumotnoma"),
        ("koʻngil, yangi", "köngil, yangi"),
        ("Isʼhoq", "Ishoq"),
        ("JShShIR, FHDY, MChJ, BHMning", "JŞŞIR, FHDY, MÇJ, BHMning"),
    ],
)
def test_the_coming_letters_stand_for_the_old_pairs(latin, new):
    """One letter a sound: ö ğ ş ç; what only looks like a pair is none."""
    assert to_new_latin(latin) == new


@pytest.mark.parametrize("name", [*KEPT, "{chosen}", "{shared}"])
def test_names_and_placeholders_stay_in_every_alphabet(name):
    """A name is no Uzbek word, whatever its letters."""
    assert to_new_latin(f"choy {name} choy") == f"çoy {name} çoy"
    assert to_cyrillic(f"choy {name} choy") == f"чой {name} чой"


@given(st.text("abdefghijklmnopqrstuvxyzʻʼ ", max_size=30))
def test_no_letter_of_today_with_a_turned_comma_is_left(text):
    """Whatever the word: oʻ and gʻ have letters of their own."""
    assert [pair for pair in ("oʻ", "gʻ") if pair in to_new_latin(text)] == []
