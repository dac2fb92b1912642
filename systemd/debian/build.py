"""Build the Debian package from the wheel in dist/: `./run build` does both.

It carries the wheels of requirements/demo.txt, so it fits the Python version and the kind of
machine that it was built on: Debian 12 has 3.11, Debian 13 has 3.13.
"""
# ruff: noqa: S603, S607 - it starts dpkg and pip, by the names on PATH

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


def main() -> int:
    """Build the package; return the exit status."""
    if shutil.which("dpkg-deb") is None:
        sys.stderr.write("There is no dpkg-deb here, so dist/ has the wheel only.\n")
        return 0
    wheel = max(DIST.glob("navbat-*.whl"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as made:
        tree = Path(made) / "navbat"
        facts = _facts(wheel)
        _put_files(tree, wheel)
        _put_control(tree / "DEBIAN", facts)
        target = DIST / "navbat_{version}_{architecture}.deb".format_map(facts)
        # the wheels are compressed already
        pack = ("dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", tree, target)
        subprocess.run(pack, check=True, stdout=sys.stderr)
    sys.stderr.write(f"Made {target.relative_to(ROOT)}.\n")
    return 0


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
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--require-hashes")
    lock = ROOT / "requirements/demo.txt"
    subprocess.run([*pip, "-r", lock, "-w", wheels], check=True)
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


if __name__ == "__main__":
    sys.exit(main())
