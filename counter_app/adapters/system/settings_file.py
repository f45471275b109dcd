"""The settings of the machine as a TOML file that a person can read and edit."""

from __future__ import annotations

import json
import os
import tomllib
from dataclasses import asdict
from pathlib import Path

from counter_app.application.settings import (
    HELP,
    CounterSettings,
    SettingInvalid,
    settings_from,
)


def load_settings(path: Path) -> CounterSettings:
    """Read the file; defaults where there is none.

    Raises:
        SettingInvalid: The file is not TOML, or a setting is wrong; `name` says which.
    """
    try:
        with path.open("rb") as file:
            return settings_from(tomllib.load(file))
    except FileNotFoundError:
        return CounterSettings()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingInvalid(path.name, "") from error


def save_settings(path: Path, settings: CounterSettings) -> None:
    """Write every setting with its help, whole or not at all."""
    lines: list[str] = []
    for name, value in asdict(settings).items():
        # A JSON string or integer is a TOML one too.
        lines += [f"# {HELP[name]}", f"{name} = {json.dumps(value, ensure_ascii=False)}", ""]
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8") as file:
        file.write("\n".join(lines))
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
