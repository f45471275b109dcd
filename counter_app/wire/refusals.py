"""Why the server refuses a letter beside what the domain itself refuses.

The name of the class is what stands in `Verdict.reason`, so that the screens can word it.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.errors import Refusal


@dataclass(eq=False)
class NotThisOffice(Refusal):
    """The dossier belongs to another office than the counter that sent it."""

    unit: str


@dataclass(eq=False)
class NumberNotLeased(Refusal):
    """The number lies in no band that the server leased to this counter for that day."""

    number: str


@dataclass(eq=False)
class NumberTaken(Refusal):
    """Another dossier of the office has this number."""

    number: str


@dataclass(eq=False)
class OnlyTheServerMay(Refusal):
    """Such a letter is written by the central server alone."""

    kind: str
