"""The three kinds of bad news, of which two have names.

A `Refusal` is the rules saying no; a `Trouble` is the world being broken.
Anything else that is raised is a bug of ours.
Errors carry typed facts, never sentences: the screen words them.
"""

from __future__ import annotations

from dataclasses import dataclass


class CounterError(Exception):
    """Anything that went wrong and that has a name.

    The text of an error names its class alone, so that no citizen's data reaches a log.
    """

    def __str__(self) -> str:
        return type(self).__name__


class Refusal(CounterError):
    """The rules say no; trying again without a change will be refused again."""


class Trouble(CounterError):
    """The world is broken: a device, a line, a disk. Safe to repeat once it is mended."""


@dataclass(eq=False)
class InvalidValue(Refusal):
    """A value does not keep the rule of its field.

    Attributes:
        field: The field's name, as in the domain (`citizen_id`, `phone`).
        rule: Which rule was broken, a short key (`twelve_digits`, `too_long`).
        value: What was given, for showing beside the field; never logged.
    """

    field: str
    rule: str
    value: str = ""
