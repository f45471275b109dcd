"""Why a request as a whole is not answered with a success."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(eq=False)
class Unanswered(Exception):
    """The request is turned down; becomes the body `Problem`.

    Attributes:
        error: The short key of `wire.messages.Problem`.
        detail: For the log, in English, without a citizen's data.
        offset: How much of a page is held, where that is what is wrong.
        wait_s: After how many seconds it is worth trying again.
    """

    error: str
    detail: str = ""
    offset: int | None = None
    wait_s: int | None = None

    def __str__(self) -> str:
        return self.error
