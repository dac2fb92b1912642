"""The machine behind the ports: sealing, one-time passwords, codes of second factors."""

from datetime import UTC, datetime, timedelta

import pytest

from queue_server.domain.signing_in import check_password
from queue_server.system import PyotpCodes, SecretSigner

SIGNER = SecretSigner(b"s" * 32)
#: RFC 6238's secret, a time of its table, and the last six figures of the code there
SECRET, WHEN, CODE = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 1111111109, "081804"


def test_what_is_sealed_opens_for_its_own_purpose_and_center_only():
    """Another purpose, another center and a changed letter open nothing."""
    sealed = SIGNER.seal("second factor", "секрет")
    assert SIGNER.unseal("second factor", sealed) == "секрет"
    assert "секрет" not in sealed
    assert SIGNER.unseal("first step", sealed) is None
    assert SecretSigner(b"t" * 32).unseal("second factor", sealed) is None
    assert SIGNER.unseal("second factor", sealed[:-5] + "AAAA=") is None
    assert SIGNER.unseal("second factor", "ё") is None


def test_a_one_time_password_is_the_same_for_the_same_only():
    """A request that is made again is answered the same; another one otherwise."""
    password = SIGNER.one_time_password("reset ann key-1")
    assert password == SIGNER.one_time_password("reset ann key-1")
    assert password != SIGNER.one_time_password("reset ann key-2")
    assert password != SecretSigner(b"t" * 32).one_time_password("reset ann key-1")
    check_password("ann", password)


@pytest.mark.parametrize(("seconds", "step"), [(0, 0), (30, 0), (-29, 0), (59, None), (-60, None)])
def test_a_code_is_right_for_its_step_and_the_ones_beside_it(seconds, step):
    """RFC 6238's own code is known by its step, half a minute early or late, and no more."""
    now = datetime.fromtimestamp(WHEN, UTC) + timedelta(seconds=seconds)
    found = PyotpCodes().step(SECRET, CODE, now)
    assert found == (None if step is None else WHEN // 30)


@pytest.mark.parametrize("code", ["", "81804", "0818040", "081805", "кодкод"])
def test_anything_else_is_no_code(code):
    """Only the six figures count."""
    assert PyotpCodes().step(SECRET, code, datetime.fromtimestamp(WHEN, UTC)) is None


def test_an_app_learns_secret_login_and_center():
    """The address that is scanned says whose code it is."""
    codes = PyotpCodes()
    secret = codes.secret()
    uri = codes.uri(secret, "ann", "Navbat TEST")
    assert uri == f"otpauth://totp/Navbat%20TEST:ann?secret={secret}&issuer=Navbat%20TEST"
    assert secret != codes.secret()
