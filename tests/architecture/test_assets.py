"""Every icon, font, style and data file that the code names exists, also in the built program."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.architecture.source_tree import ROOT, modules, project_files, syntax_tree

ONLY_EVER_A_RESOURCE = (".svg", ".ttf", ".otf", ".qss")
NAMES_AN_ICON = {"icon", "pixmap", "paint", "IconView", "show_icon"}
# Who made it stands beside it: folders of things that others made.
FROM_OTHERS = [
    "icons",
    *(f"fonts/{folder.name}" for folder in (ROOT / "resources/fonts").glob("*")),
]


def resources() -> tuple[str, ...]:
    return tuple(
        name.relative_to("resources").as_posix()
        for name in project_files()
        if name.parts[0] == "resources"
    )


def icons() -> set[str]:
    return {Path(name).stem for name in resources() if fnmatch(name, "icons/*.svg")}


def test_every_file_that_can_only_be_a_resource_exists() -> None:
    missing = [
        f"{module}:{node.lineno}: {pattern}"
        for module in modules()
        for node in ast.walk(syntax_tree(module))
        if (pattern := _as_pattern(node)).endswith(ONLY_EVER_A_RESOURCE)
        and pattern not in (*ONLY_EVER_A_RESOURCE, *(f"*{end}" for end in ONLY_EVER_A_RESOURCE))
        and not any(fnmatch(f"/{name}", f"*/{pattern}") for name in resources())
    ]
    assert missing == []


def test_every_resource_that_is_asked_for_by_its_path_exists() -> None:
    asked = [
        (f"{module}:{call.lineno}", "/".join(_as_pattern(part) or "*" for part in call.args))
        for module, call in _calls("resource")
    ]
    missing = [
        (place, pattern)
        for place, pattern in asked
        if not any(fnmatch(name, pattern) or fnmatch(name, f"{pattern}/*") for name in resources())
    ]
    assert missing == []


def test_every_icon_that_is_named_exists() -> None:
    missing = [
        f"{module}:{node.lineno}: {node.value}"
        for module, node in _icon_names()
        if node.value and node.value not in icons()
    ]
    assert missing == []


def test_the_icon_test_sees_the_icons() -> None:
    assert len({node.value for _, node in _icon_names()} & icons()) >= 3


@pytest.mark.parametrize("folder", FROM_OTHERS)
def test_what_others_made_stands_beside_its_licence(folder: str) -> None:
    licences = {f"{folder}/{name}" for name in ("LICENSE", "OFL.txt")}
    assert licences & set(resources())


def test_the_built_program_takes_all_resources_along() -> None:
    spec = ast.parse((ROOT / "build.spec").read_text("utf-8"))
    pairs = [
        (node.elts[0].value, node.elts[1].value)
        for node in ast.walk(spec)
        if isinstance(node, ast.Tuple)
        and len(node.elts) == 2
        and all(isinstance(part, ast.Constant) for part in node.elts)
    ]
    assert ("resources", "resources") in pairs


def _as_pattern(node: ast.AST) -> str:
    """A string as it stands; an f-string with `*` where a value goes; anything else as nothing."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_as_pattern(part) or "*" for part in node.values)
    return ""


def _calls(*names: str) -> Iterator[tuple[Path, ast.Call]]:
    for module in modules("counter_app"):
        for node in ast.walk(syntax_tree(module)):
            if isinstance(node, ast.Call):
                called = node.func
                name = getattr(called, "attr", None) or getattr(called, "id", None)
                if name in names or "*" in names:
                    yield module, node


def _icon_names() -> Iterator[tuple[Path, ast.Constant]]:
    """Strings given as `icon=…`, or in the first two places of a call that draws an icon."""
    for module, call in _calls("*"):
        if module.parts[1] != "ui":
            continue
        named = [keyword.value for keyword in call.keywords if keyword.arg == "icon"]
        called = getattr(call.func, "attr", None) or getattr(call.func, "id", None)
        if called in NAMES_AN_ICON:
            named += call.args[:2]
        for value in named:
            for node in ast.walk(value):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield module, node
