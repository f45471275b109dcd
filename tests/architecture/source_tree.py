"""The files of the project, as the tests about the code see them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("counter_app", "printing", "central_server")
_NOT_OURS = {".git", ".venv", "build", "dist", "tour", "demo-data", "htmlcov", "__pycache__"}


@cache
def project_files() -> tuple[Path, ...]:
    """Everything that is or would be under version control, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0:
        names = {Path(name.decode()) for name in listed.stdout.split(b"\0") if name}
    else:  # an unpacked archive has no history
        names = {
            path.relative_to(ROOT)
            for path in ROOT.rglob("*")
            if not _NOT_OURS & set(path.parts)
            and ".egg-info" not in str(path)
            and not any(part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        }
    return tuple(sorted(name for name in names if (ROOT / name).is_file()))


def text_files() -> Iterator[tuple[Path, str]]:
    for name in project_files():
        try:
            yield name, (ROOT / name).read_text("utf-8")
        except UnicodeDecodeError:
            continue  # a picture, a font, a compiled translation


@cache
def modules(*packages: str) -> tuple[Path, ...]:
    """The Python files of our packages, relative to the root."""
    return tuple(
        name
        for name in project_files()
        if name.suffix == ".py" and name.parts[0] in (packages or PACKAGES)
    )


@cache
def syntax_tree(module: Path) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"), str(module))


@cache
def lines(module: Path) -> tuple[str, ...]:
    return tuple((ROOT / module).read_text("utf-8").splitlines())
