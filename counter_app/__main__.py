"""Arguments; nothing else."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version


def main(arguments: list[str]) -> int:
    """Run what the arguments ask for, and return the exit status."""
    # The built program is one file: it starts itself for its helper processes.
    if arguments[:1] == ["--sane-worker"]:
        from counter_app.adapters.devices import sane_worker  # noqa: PLC0415  # Linux only

        return sane_worker.main(arguments)
    if arguments[:1] == ["--central-server"]:
        from central_server.__main__ import main as serve  # noqa: PLC0415  # not for counters

        return serve(arguments[1:])
    if arguments == ["--version"]:
        sys.stdout.write(f"{_version()}\n")
        return 0
    if arguments == ["--self-test"]:
        from counter_app.self_test import self_test  # noqa: PLC0415  # imports everything

        return self_test()
    sys.stderr.write("usage: python -m counter_app --self-test | --version\n")
    return 2


def _version() -> str:
    try:
        return version("one-stop-counter")
    except PackageNotFoundError:
        return "0.1.0"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
