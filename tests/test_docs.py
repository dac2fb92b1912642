"""What the documents say is true: links, commands, and the verifier of the log."""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import sqlalchemy as sa

from queue_server.cli import main as navbat_server
from queue_server.domain import ledger
from queue_server.storage import tables

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
UNITS = sorted((ROOT / "systemd").glob("*.service"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def name(path: Path) -> str:
    """Name a document in a test's id."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_link_leads_somewhere(document):
    """A link to another document or a picture leads to a file."""
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text())
    dead = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert dead == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_every_command_named_exists(document):
    """`./run x` and `navbat-server x` are named only where they can be typed."""
    text = document.read_text()
    run = (ROOT / "run").read_text()
    for word in re.findall(r"\./run ([a-z][\w-]*)", text):
        assert f'"{word}"' in run, word
    for word in re.findall(r"navbat-server ([a-z]+)\b", text):
        assert word in navbat_server.commands, word


def test_the_demos_options_exist():
    """The options that `./run demo --help` names are those of the demo."""
    usage = re.search(r'"demo",\s*"([^"]+)"', (ROOT / "run").read_text()).group(1)
    there = {option for param in navbat_server.commands["demo"].params for option in param.opts}
    assert set(re.findall(r"--\w+", usage)) <= there


def test_decisions_are_numbered_without_gaps():
    """Decision n is the n-th file."""
    assert [int(path.name[:4]) for path in DECISIONS] == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=name)
def test_a_decision_has_its_parts(decision):
    """Each decision fits a page and says status, context, decision and consequences."""
    text = decision.read_text()
    assert text.startswith(f"# {decision.name[:4]} · ")
    assert re.findall(r"^(?:## (\w+)|(Status): \w+)", text, re.MULTILINE) == [
        ("", "Status"),
        ("Context", ""),
        ("Decision", ""),
        ("Consequences", ""),
    ]
    assert len(text.split()) < 650


@pytest.mark.parametrize("unit", UNITS, ids=name)
def test_a_unit_starts_a_program_of_ours(unit):
    """Each systemd unit starts an installed program and names its settings file."""
    program, *options = re.search(r"^ExecStart=(.+)$", unit.read_text(), re.MULTILINE)[1].split()
    assert Path(program).parent == Path("/opt/navbat/bin")
    assert Path(program).name in PROJECT["scripts"]
    assert options[-2] == "--config"


@pytest.fixture
def database(tmp_path):
    """Make a center's database file with a log of ten events."""
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'navbat.db'}")
    tables.metadata.create_all(engine)
    prev = ledger.GENESIS
    with engine.begin() as connection:
        for trigger in connection.execute(
            sa.text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        ).scalars():
            connection.execute(sa.text(f'DROP TRIGGER "{trigger}"'))
        for seq in range(1, 11):
            sealed = ledger.seal({"type": "ticket_called", "subject": "Ўқғҳ oʻ"}, seq, prev)
            row = {"seq": seq, "body": sealed.body.decode(), "hash": sealed.hash}
            connection.execute(tables.events.insert().values(row))
            prev = sealed.hash
        head = {"id": 1, "seq": 10, "hash": prev, "catalogue_version": 0}
        connection.execute(tables.center.insert().values(head))
    engine.dispose()
    return tmp_path / "navbat.db"


def verified(database):
    """Run the verifier of docs/ledger.md, as a reader would."""
    text = (ROOT / "docs" / "ledger.md").read_text()
    script = re.search(r"```python\n(.*?)```", text, re.DOTALL).group(1)
    assert len([line for line in script.splitlines() if line]) <= 14
    return subprocess.run(
        [sys.executable, "-c", script, str(database)], capture_output=True, text=True, check=False
    )


def changed(database, statement):
    """Change the file behind the center's back."""
    engine = sa.create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        assert connection.execute(sa.text(statement)).rowcount > 0
    engine.dispose()


def test_the_documented_verifier_accepts_an_unbroken_log(database):
    """A reader who follows docs/ledger.md finds our log unbroken."""
    answer = verified(database)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.startswith("10 events, unbroken")


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE events SET body = replace(body, 'called', 'culled') WHERE seq = 4", "event 4"),
        ("DELETE FROM events WHERE seq = 7", "event 7"),
        ("DELETE FROM events WHERE seq > 8", "event 8"),
        ("UPDATE events SET hash = lower(hex(randomblob(32))) WHERE seq = 2", "event 2"),
    ],
)
def test_the_documented_verifier_sees_every_change(database, statement, where):
    """A changed, removed or cut-off event is named."""
    changed(database, statement)
    answer = verified(database)
    assert answer.returncode == 1
    assert where in answer.stderr


def test_the_documented_verifier_sees_a_changed_event_with_its_own_new_hash(database):
    """Hashing the forged event anew only moves the break to the next one."""
    engine = sa.create_engine(f"sqlite:///{database}")
    with engine.begin() as connection:
        row = tables.events.select().where(tables.events.c.seq == 4)
        body = connection.execute(row).one().body.replace("called", "culled")
        forged = {"body": body, "hash": hashlib.sha256(body.encode()).hexdigest()}
        connection.execute(tables.events.update().where(tables.events.c.seq == 4).values(forged))
    engine.dispose()
    answer = verified(database)
    assert answer.returncode == 1
    assert "event 5" in answer.stderr
