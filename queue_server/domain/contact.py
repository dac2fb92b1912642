"""Where a visitor can be reminded: a phone number or an e-mail address, in one spelling."""

from __future__ import annotations

import re
from typing import Final

from queue_server.domain.errors import Invalid

_EMAIL: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[\w-]+(\.[\w-]+)+")
#: what people write between the digits of a phone number
_BETWEEN: Final = re.compile(r"[\s().\-‒–]+")
_PHONE: Final = re.compile(r"\+\d{9,15}")
#: a national number without its country, and the country that is meant
_NATIONAL: Final = re.compile(r"\d{9}")
_COUNTRY: Final = "+998"


def normal(written: str) -> str:
    """Return the one spelling of a phone number or an e-mail address; raises Invalid.

    `90 123-45-67` is +998901234567; an e-mail address is in small letters.
    """
    text = written.strip()
    if _EMAIL.fullmatch(text):
        return text.lower()
    number = _international(_BETWEEN.sub("", text))
    if _PHONE.fullmatch(number):
        return number
    raise Invalid(
        "Write a phone number like +998 90 123 45 67 or an e-mail address.", field="contact"
    )


def _international(digits: str) -> str:
    if _NATIONAL.fullmatch(digits):
        return _COUNTRY + digits
    return re.sub(r"^(00|(?=998\d{9}$))", "+", digits)
