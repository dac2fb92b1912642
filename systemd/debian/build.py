"""Build the wheel, and the Debian package around it, into dist/: `./run build`.

The package carries the wheels of requirements/demo.txt, so it fits the Python version and the
kind of machine that it was built on: Debian 12 has 3.11, Debian 13 has 3.13.
"""
# ruff: noqa: INP001, S603, S607 - a script that starts dpkg, by the name on PATH, and pip

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DIST = ROOT / "dist"
SCRIPTS = ("postinst", "prerm", "postrm")
PIP = (sys.executable, "-m", "pip", "wheel", "--disable-pip-version-check")


def main() -> int:
    """Build both; return the exit status."""
    wheel = _make_wheel()
    _say(f"Made {wheel.relative_to(ROOT)}.")
    if shutil.which("dpkg-deb") is None:
        _say("There is no dpkg-deb on this machine, so no Debian package was made.")
        return 0
    with tempfile.TemporaryDirectory() as made:
        tree, facts = Path(made) / "navbat", _facts(wheel)
        _put_files(tree, wheel)
        _put_control(tree / "DEBIAN", facts)
        package = DIST / "navbat_{version}_{architecture}.deb".format_map(facts)
        # the wheels are compressed already
        pack = ("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, package)
        subprocess.run(pack, check=True, stdout=subprocess.DEVNULL)
    _say(f"Made {package.relative_to(ROOT)}.")
    return 0


def _make_wheel() -> Path:
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", DIST)
    subprocess.run([*PIP, *options, ROOT], check=True, stdout=sys.stderr)
    return max(DIST.glob("navbat-*.whl"), key=lambda path: path.stat().st_mtime)


def _facts(wheel: Path) -> Mapping[str, str]:
    asked = subprocess.run(
        ["dpkg", "--print-architecture"], capture_output=True, text=True, check=True
    )
    return {
        "version": wheel.name.split("-")[1],
        "architecture": asked.stdout.strip(),
        "python": f"python{sys.version_info.major}.{sys.version_info.minor}",
    }


def _put_files(tree: Path, wheel: Path) -> None:
    wheels = tree / "usr/share/navbat/wheels"
    wheels.mkdir(parents=True)
    lock = ("--require-hashes", "--requirement", ROOT / "requirements/demo.txt")
    subprocess.run([*PIP, "--quiet", *lock, "--wheel-dir", wheels], check=True, stdout=sys.stderr)
    shutil.copy(wheel, wheels)
    for folder, files in (
        ("lib/systemd/system", (ROOT / "systemd").glob("*.service")),
        ("etc/navbat", [ROOT / "config/server.toml"]),
        ("usr/share/doc/navbat/examples", sorted((ROOT / "config").glob("*.toml"))),
        ("usr/share/doc/navbat", [ROOT / "README.md", ROOT / "CHANGELOG.md"]),
    ):
        (tree / folder).mkdir(parents=True, exist_ok=True)
        for file in files:
            shutil.copyfile(file, tree / folder / file.name)


def _put_control(folder: Path, facts: Mapping[str, str]) -> None:
    folder.mkdir(mode=0o755)
    (folder / "control").write_text((HERE / "control").read_text().format_map(facts))
    (folder / "conffiles").write_text("/etc/navbat/server.toml\n")
    for name in SCRIPTS:
        script = (HERE / name).read_text().replace("{python}", facts["python"])
        (folder / name).write_text(script)
        (folder / name).chmod(0o755)


def _say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")


if __name__ == "__main__":
    sys.exit(main())
