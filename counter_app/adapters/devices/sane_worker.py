"""The process that runs SANE: python-sane is not thread-safe, and a backend may hang or crash.

`python -m counter_app.adapters.devices.sane_worker FD` speaks frames (`sane_frames`) on its
standard input and output and ends with the conversation.
FD is a pipe that the program holds open and never writes to; when the program dies, the kernel
ends this process too, even in the middle of a backend that will never come back.
"""

from __future__ import annotations

import fcntl
import io
import os
import select
import signal
import sys
from contextlib import suppress

from counter_app.adapters.devices.sane_frames import LineLost, write_frame


def _die_with(lifeline: int) -> None:
    """Let the kernel end this process when the other end of the pipe closes."""
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(lifeline, fcntl.F_GETFL)
    fcntl.fcntl(lifeline, fcntl.F_SETFL, flags | os.O_ASYNC)
    poll = select.poll()
    poll.register(lifeline, select.POLLIN)
    if poll.poll(0):
        raise SystemExit(1)


def _serve(asks: io.FileIO, tells: io.FileIO) -> None:
    try:
        from counter_app.adapters.devices.sane_session import Session  # noqa: PLC0415  # libsane may be missing
    except ImportError as error:
        # No python-sane or no libsane here; the program is told what is missing.
        write_frame(tells, {"tell": "missing", "text": str(error)})
        return
    Session(asks, tells).run()


def main(arguments: list[str]) -> int:
    """Serve one conversation; the last argument is the number of the lifeline's descriptor."""
    _die_with(int(arguments[-1]))
    asks = io.FileIO(os.dup(0), "r")
    tells = io.FileIO(os.dup(1), "w")
    # Backends print; what they print must not land among the frames.
    os.dup2(2, 1)
    with suppress(LineLost):
        _serve(asks, tells)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
