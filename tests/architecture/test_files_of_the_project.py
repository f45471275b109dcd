"""What must hold across files: the lock, the lists, the addresses, the documents."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.source_tree import ROOT, project_files, text_files

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+?)(?: ; .*?)? ?\\?$")
OURS = re.compile(r"\bone-stop-counter \(pyproject\.toml\)")
SYSTEM_PACKAGES = Path("scripts/system-packages.txt")

# In pieces, so that this file does not find itself.
OF_ONE_MACHINE = re.compile(
    "|".join(
        ("/" + "root/", "/" + "home/[a-z]", "/" + "work/", "/" + "Users/", r"[A-Z]:\\+Users\\+\w")
    )
)
OF_A_REGISTRY = re.compile(
    "|".join(
        (
            r"pypi\." + r"org/",
            r"pythonhosted\." + "org",
            r"registry\." + "(npmjs|yarnpkg)",
            r"deb\." + "debian",
            "--(extra-)?index-" + "url[ =]",
            "--find-" + "links[ =]",
        )
    )
)


def wanted() -> dict[str, Requirement]:
    project = PYPROJECT["project"]
    named = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    return {canonicalize_name(r.name): r for r in map(Requirement, named)}


def locked() -> dict[str, tuple[Version, bool, int]]:
    """Each pinned name: its version, whether pyproject asks for it, its number of hashes."""
    pins: dict[str, tuple[Version, bool, int]] = {}
    name = ""
    for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines():
        if match := PIN.match(line):
            name = canonicalize_name(match["name"])
            pins[name] = (Version(match["version"]), False, 0)
        elif name:
            version, ours, hashes = pins[name]
            pins[name] = (
                version,
                ours or bool(OURS.search(line)),
                hashes + ("--hash=sha256:" in line),
            )
    return pins


def test_the_lock_is_in_step_with_pyproject() -> None:
    pins = locked()
    asked = {name for name, (_, ours, _) in pins.items() if ours}
    assert asked == set(wanted()), "run scripts/lock"
    too_old = {
        name: str(pins[name][0])
        for name, requirement in wanted().items()
        if not requirement.specifier.contains(pins[name][0], prereleases=True)
    }
    assert too_old == {}, "run scripts/lock"


def test_every_locked_package_is_pinned_by_hash() -> None:
    assert [name for name, (_, _, hashes) in locked().items() if hashes == 0] == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert list(_lines_with(OF_ONE_MACHINE)) == []


def test_no_file_names_the_address_of_a_package_registry() -> None:
    assert list(_lines_with(OF_A_REGISTRY)) == []


def test_debian_packages_are_named_in_one_place_only() -> None:
    listed = [
        line.strip()
        for line in (ROOT / SYSTEM_PACKAGES).read_text("utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    assert len(listed) == len(set(listed))
    # Names that are words or programs besides (gcc, xvfb) cannot be told from those.
    telling = [name for name in listed if re.search(r"\d|-", name)]
    names = re.compile(r"(?<![\w./-])(" + "|".join(map(re.escape, telling)) + r")(?![\w-]|\.so)")
    assert list(_lines_with(names, but={SYSTEM_PACKAGES, Path("requirements.lock")})) == []


@pytest.mark.parametrize("name", ["setup", "run", "test", "check", "bench", "lock", "build"])
def test_each_script_can_be_started_and_is_sound_shell(name: str) -> None:
    script = ROOT / "scripts" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def test_continuous_integration_runs_the_tests_and_nothing_of_its_own() -> None:
    commands = [
        line
        for line in (ROOT / ".ci/run").read_text("utf-8").splitlines()
        if line and not line.startswith(("#", "set "))
    ]
    assert commands == ['exec "$(dirname "$0")/../scripts/test"']


def documents() -> list[Path]:
    return [name for name in project_files() if name.suffix == ".md"]


def test_every_command_in_the_documents_exists() -> None:
    missing = []
    for document in documents():
        text = (ROOT / document).read_text("utf-8")
        for script in re.findall(r"(?<![\w/.])scripts/([a-z_]+)(?![\w/-]*\.)", text):
            if not os.access(ROOT / "scripts" / script, os.X_OK):
                missing.append(f"{document}: scripts/{script}")
        for module in re.findall(r"python3? -m ([a-z_]+)", text):
            if not can_be_run(module):
                missing.append(f"{document}: python -m {module}")
    assert missing == []


def can_be_run(module: str) -> bool:
    found = find_spec(module)
    is_package = found is not None and found.submodule_search_locations is not None
    return found is not None and (not is_package or find_spec(f"{module}.__main__") is not None)


def test_every_link_in_the_documents_leads_somewhere() -> None:
    broken = [
        f"{document}: {target}"
        for document in documents()
        for target in re.findall(r"\]\(([^)#\s]+)", (ROOT / document).read_text("utf-8"))
        if "://" not in target and not target.startswith("mailto:")
        if not (ROOT / document.parent / target).exists()
    ]
    assert broken == []


def test_every_decision_has_the_same_five_headings() -> None:
    decisions = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [path.name[:4] for path in decisions] == [f"{n + 1:04}" for n in range(len(decisions))]
    wanted_headings = ["Summary", "Context", "Decision", "Consequences", "Alternatives"]
    for path in decisions:
        headings = re.findall(r"^## (.+)$", path.read_text("utf-8"), re.MULTILINE)
        assert headings == wanted_headings, path.name


def test_the_changelog_has_an_entry_for_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    version = PYPROJECT["project"]["version"]
    releases = re.findall(r"^## \[(.+?)\]( – \d{4}-\d\d-\d\d)?$", changelog, re.MULTILINE)
    assert releases[0][0] in ("Unreleased", version)
    kinds = set(re.findall(r"^### (.+)$", changelog, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_a_benchmark_prints_its_rows_and_writes_them(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benchmarks", "no-such-benchmark"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "no such benchmark: no-such-benchmark" in done.stderr


def _lines_with(pattern: re.Pattern[str], but: set[Path] = frozenset()) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()[:120]}"
        for name, text in text_files()
        if name not in but
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]
