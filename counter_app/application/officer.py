"""Who is at the counter: every command says by whom it is given."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.domain.ids import StaffId
from counter_app.domain.staff import NotAllowed, Role, StaffMember

_RANK = {Role.OFFICER: 0, Role.SUPERVISOR: 1, Role.ADMINISTRATOR: 2}


@dataclass(frozen=True, slots=True)
class Officer:
    """The person signed in."""

    id: StaffId
    name: str
    title: str
    role: Role

    @classmethod
    def of(cls, member: StaffMember) -> Officer:
        return cls(member.id, member.name, member.title, member.role)

    def require(self, role: Role) -> None:
        """Refuse what needs a higher role.

        Raises:
            NotAllowed: The person signed in has a lower role.
        """
        if _RANK[self.role] < _RANK[role]:
            raise NotAllowed(role)
