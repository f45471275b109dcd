"""A disk that is really full, and what is left on it afterwards."""

from __future__ import annotations

import ctypes
import errno
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_LIBC = ctypes.CDLL(None, use_errno=True)
_MS_RDONLY, _MS_REMOUNT, _MNT_DETACH = 1, 32, 2


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[bool]:
    """Mount a memory disk of `kib` KiB on the folder; False where this process may not mount."""
    folder.mkdir()
    if not _mount(folder, 0, f"size={kib}k"):
        yield False
        return
    try:
        yield True
    finally:
        _LIBC.umount2(os.fsencode(folder), _MNT_DETACH)


def make_read_only(folder: Path) -> None:
    """Remount a small disk so that nobody can write to it."""
    assert _mount(folder, _MS_REMOUNT | _MS_RDONLY, "")


def _mount(folder: Path, flags: int, options: str) -> bool:
    done = _LIBC.mount(b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options.encode()) == 0
    assert done or ctypes.get_errno() in (errno.EPERM, errno.EACCES)
    return done


@contextmanager
def no_file_longer_than(size: int) -> Iterator[None]:
    """Let the kernel refuse to make any file of this process longer; needs no rights."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def start_python(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run a program text with our packages at hand, its output a pipe."""
    return subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
