"""The files of the project as git knows them: what is committed or is about to be."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "display_board", "kiosk", "printer", "queue_server")
#: what a database is made by, step by step; written once and never changed
MIGRATIONS = Path("queue_server/storage/migrations")


@cache
def files() -> tuple[Path, ...]:
    """Return every file that is tracked or would be, relative to the root."""
    git = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-co", "--exclude-standard", "-z"]
    names = subprocess.run(git, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return tuple(Path(name) for name in names.split("\0") if name and (ROOT / name).is_file())


@cache
def sources() -> tuple[Path, ...]:
    """Return the Python files of the product: the packages, `run` and what builds the wheel."""
    return tuple(
        path
        for path in files()
        if str(path) in {"run", "hatch_build.py"}
        or (path.suffix == ".py" and path.parts[0] in PACKAGES)
    )
