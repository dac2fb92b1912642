"""The server's settings."""

import pytest

from config import loader, servers
from config.languages import LANGUAGES


def test_the_shipped_file_says_the_defaults():
    """The settings reference cannot drift from the code."""
    assert servers.load(loader.FOLDER / "server.toml") == servers.Server()


def test_the_shipped_file_names_every_setting():
    """There is no secret setting."""
    told = loader.read_toml(loader.FOLDER / "server.toml")
    assert set(told) == set(servers.Server.model_fields)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("prot = 80", "prot: is not a known key; did you mean 'port'?"),
        ("port = 0", "port: must be at least 1, not 0"),
        ("port = 70000", "port: must be at most 65535, not 70000"),
        ('database = "mysql://x"', "database: must be like 'sqlite:////var/lib/navbat/navbat.db'"),
        ('public_url = "http://x/"', "public_url: must be like 'http://queue.example' with no"),
        ('log_level = "LOUD"', "log_level: must be 'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
    ],
)
def test_a_mistake_is_a_sentence(tmp_path, line, told):
    """Each wrong value says what would be right."""
    path = tmp_path / "server.toml"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(loader.ConfigErrors) as caught:
        servers.load(path)
    (error,) = caught.value.errors
    assert str(error).startswith(f"server.toml: {told}")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[oidc]\nissuer = "https://x.example"', "oidc: client_id is missing"),
        ('[oidc]\nonly_for = ["clerk"]', "oidc: only_for needs an issuer"),
        ('[oidc]\nissuer = "x.example"', "oidc.issuer: must be like 'https://login.example'"),
        ('[sign_in]\nsecond_factor_for = ["boss"]', "sign_in.second_factor_for[0]: must be"),
        ('[oidc.name]\nuz = "Kirish"', "oidc.name.ru: is missing"),
    ],
)
def test_a_mistake_in_signing_in_is_a_sentence(tmp_path, lines, told):
    """Nobody finds out at the door that the settings shut it."""
    path = tmp_path / "server.toml"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(loader.ConfigErrors) as caught:
        servers.load(path)
    assert str(caught.value.errors[0]).startswith(f"server.toml: {told}")


def test_the_sign_in_service_has_a_name_in_every_language():
    """Its button says something to each reader."""
    names = servers.Server().oidc.name.in_all()
    assert set(names) == set(LANGUAGES)
    assert names["uz-Cyrl"] == "Ягона кириш"
