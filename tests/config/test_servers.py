"""The server's settings."""

import pytest

from config import loader, servers


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
