"""House rules about modules, threads and errors that a reader may rely on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.architecture.source_tree import ROOT, lines, modules, syntax_tree

NAMES_THAT_SAY_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "manager",
    "base",
    "core",
}

# Threads are started here and nowhere else.
MAY_START_THREADS = {
    "counter_app/adapters/system/lanes.py": "the lanes: desk, printer, scanner, network",
    "printing/virtual_head.py": "a printer of its own, on the other end of a socket",
    "counter_app/demo": "runs the sample office's server beside the window",
}
STARTS_A_THREAD = {"Thread", "Timer", "ThreadPoolExecutor", "QThread", "QThreadPool", "QRunnable"}
PUMPS_EVENTS = {"processEvents"}

LONGEST_MODULE = 400
MAY_BE_LONGER: dict[str, str] = {}

BROAD = {"Exception", "BaseException"}


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_package_and_module_has_a_name_that_says_what_it_knows() -> None:
    nameless = [
        str(module)
        for module in modules()
        if NAMES_THAT_SAY_NOTHING & {part.removesuffix(".py") for part in module.parts}
    ]
    assert nameless == []


def test_threads_are_started_only_where_the_list_says() -> None:
    found = [
        f"{module}:{line}: {name}"
        for module in modules("counter_app", "printing")
        if not any(_is_in(module, place) for place in MAY_START_THREADS)
        for name, line in _names_used(module)
        if name in STARTS_A_THREAD
    ]
    assert found == [], "only lanes run threads: ui.background.Background.run(lane, …)"


def test_nobody_pumps_events() -> None:
    found = [
        f"{module}:{line}"
        for module in modules()
        for name, line in _names_used(module)
        if name in PUMPS_EVENTS
    ]
    assert found == [], "put the work on a lane"


def test_whoever_catches_everything_says_why() -> None:
    silent = [
        f"{module}:{handler.lineno}"
        for module in modules()
        for handler in ast.walk(syntax_tree(module))
        if isinstance(handler, ast.ExceptHandler)
        and _catches_everything(handler)
        and not _passes_it_on(handler)
        and not _has_reason(lines(module), handler.lineno)
    ]
    assert silent == [], "catch what the library raises, or say in a comment why all of it"


def test_whoever_silences_a_tool_says_why() -> None:
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore)(:\s*[A-Z0-9, ]+|\[[\w, -]+\])?(?P<reason>.*)")
    bare = [
        f"{module}:{number}"
        for module in modules()
        for number, line in enumerate(lines(module), 1)
        if (match := silenced.search(line))
        and len(match["reason"].strip(" #-–—:.")) < 8
        and not lines(module)[number - 2].lstrip().startswith("#")
    ]
    assert bare == [], "the reason belongs beside the ignore, or in the comment above it"


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    too_long = {
        str(module): len(lines(module))
        for module in modules()
        if len(lines(module)) > LONGEST_MODULE and str(module) not in MAY_BE_LONGER
    }
    assert too_long == {}


def test_the_lists_of_exceptions_name_what_exists() -> None:
    names = {module.as_posix() for module in modules()}
    short = [name for name in MAY_BE_LONGER if len(lines(Path(name))) <= LONGEST_MODULE]
    assert (set(MAY_BE_LONGER) - names, short) == (set(), [])


def _is_in(module: Path, place: str) -> bool:
    name = module.as_posix()
    return name in (place, f"{place}.py") or name.startswith(f"{place}/")


def _names_used(module: Path) -> list[tuple[str, int]]:
    used: list[tuple[str, int]] = []
    for node in ast.walk(syntax_tree(module)):
        if isinstance(node, ast.ImportFrom):
            used += [(alias.name, node.lineno) for alias in node.names]
        elif isinstance(node, ast.Attribute):
            used.append((node.attr, node.lineno))
    return used


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    if handler.type is None:
        return True
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(kind, ast.Name) and kind.id in BROAD for kind in caught)


def _passes_it_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _has_reason(source: tuple[str, ...], line: int) -> bool:
    """A comment on the line of the `except`, or alone on the next one."""
    comment = source[line - 1].partition("#")[2].strip()
    return len(comment) >= 10 or source[line].lstrip().startswith("#")
