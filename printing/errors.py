"""What goes wrong on the way to paper. Each error says whether bytes may have reached the head.

The text of an error names its class alone; the facts are in its fields, and the screen words them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


class PrintingError(Exception):
    """Anything of this package that went wrong and that has a name.

    Attributes:
        paper_may_be_out: Some bytes may have reached the head, so repeating may print twice.
    """

    paper_may_be_out: ClassVar[bool] = False

    def __str__(self) -> str:
        return type(self).__name__


@dataclass(eq=False)
class ProfileUnknown(PrintingError):
    """There is no printer profile of this name."""

    profile: str


@dataclass(eq=False)
class ProfileInvalid(PrintingError):
    """A printer profile does not keep its form."""

    profile: str
    problem: str


@dataclass(eq=False)
class AddressInvalid(PrintingError):
    """A device address cannot be read, or names a link that this machine does not have."""

    address: str


@dataclass(eq=False)
class DeliveryFailed(PrintingError):
    """Nothing reached the head: printing again cannot print twice."""

    address: str
    reason: str = ""


class PrinterNotFound(DeliveryFailed):
    """No such device: unplugged, switched off, or a wrong name."""


class PrinterUnreachable(DeliveryFailed):
    """The head is not answering on its line, or somebody else holds the line."""


class PrinterAccessDenied(DeliveryFailed):
    """The device is there, but this user may not open it."""


class PaperOut(DeliveryFailed):
    """The head said, before anything was sent, that it has no paper."""


class CoverOpen(DeliveryFailed):
    """The head said, before anything was sent, that its cover is open."""


class HeadInError(DeliveryFailed):
    """The head said, before anything was sent, that it is off line or in error (knife, temperature)."""


@dataclass(eq=False)
class DeliveryUncertain(PrintingError):
    """Some bytes went and the rest did not: nobody can say what is on paper without looking.

    Attributes:
        address: The device.
        bytes_sent: Bytes handed to the link before it failed.
        bytes_whole: Bytes of the whole job.
        reason: What the link said.
    """

    paper_may_be_out: ClassVar[bool] = True

    address: str
    bytes_sent: int
    bytes_whole: int
    reason: str = ""


@dataclass(eq=False)
class FormInvalid(PrintingError):
    """The data of a form set does not keep its form."""

    form: str
    problem: str


@dataclass(eq=False)
class FieldsUnfilled(PrintingError):
    """Fields of a form were neither filled nor left empty on purpose, or do not exist."""

    form: str
    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
