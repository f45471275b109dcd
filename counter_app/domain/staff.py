"""The people who work at the counters, and what each of them may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from counter_app.domain.errors import Refusal
from counter_app.domain.ids import StaffId


class Role(StrEnum):
    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    """An account, as the office keeps it.

    Attributes:
        id: The login name.
        name: As it stands on the forms.
        title: Position, in Vietnamese ("Công chức Tư pháp - Hộ tịch"); may be empty.
        role: What the account may do.
        password_hash: argon2id, in PHC string form.
        is_active: Whether the account may sign in.
    """

    id: StaffId
    name: str
    title: str = ""
    role: Role
    password_hash: str
    is_active: bool = True


@dataclass(eq=False)
class SignInRefused(Refusal):
    """The login and the password do not belong together, or the account is closed.

    Attributes:
        reason: `wrong`, `closed`, `unknown_here` (never signed in on this machine) or `throttled`.
        wait_s: How long the next try must wait, in seconds.
    """

    reason: str
    wait_s: int = 0


@dataclass(eq=False)
class NotAllowed(Refusal):
    """The role of the person signed in does not allow this."""

    needs: Role
