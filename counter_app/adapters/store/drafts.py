"""What officers were typing and scanning; survives a crash."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from counter_app.adapters.store.rows import draft_of, draft_page_of, written
from counter_app.adapters.store.tables import draft, draft_page
from counter_app.application.ports.records import Draft, DraftPage
from counter_app.domain.dossier import Page, UnknownDossier
from counter_app.domain.ids import DossierId, StaffId

_NEW: Final = upsert(draft).inline()
_PUT: Final = _NEW.on_conflict_do_update(
    index_elements=[draft.c.id],
    set_={name: _NEW.excluded[name] for name in ("owner", "form", "saved_at")},
)
_PAGES: Final = (
    select(draft_page)
    .where(draft_page.c.draft == bindparam("draft"), draft_page.c.is_replaced.is_(False))
    .order_by(draft_page.c.place)
)
_REMOVE: Final = delete(draft).where(draft.c.id == bindparam("id"))
_REMOVE_PAGES: Final = delete(draft_page).where(draft_page.c.draft == bindparam("draft"))
_OF_OWNER: Final = (
    select(draft)
    .where(draft.c.owner == bindparam("owner"))
    .order_by(draft.c.saved_at.desc(), draft.c.id)
)


def pages_of_draft(connection: Connection, id: DossierId) -> tuple[DraftPage, ...]:
    return tuple(map(draft_page_of, connection.execute(_PAGES, {"draft": id}).mappings()))


def drafts_of(connection: Connection, owner: StaffId) -> tuple[Draft, ...]:
    drafts = map(draft_of, connection.execute(_OF_OWNER, {"owner": owner}).mappings())
    # By the instant and not by the text: two offsets from UTC may be among them.
    return tuple(sorted(drafts, key=lambda one: one.saved_at, reverse=True))


class SqlDrafts:
    """The drafts within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, draft: Draft) -> None:
        self._connection.execute(
            _PUT,
            {
                "id": draft.id,
                "owner": draft.owner,
                "form": draft.form,
                "saved_at": written(draft.saved_at),
            },
        )

    def remove(self, id: DossierId) -> None:
        self._connection.execute(_REMOVE, {"id": id})
        self._connection.execute(_REMOVE_PAGES, {"draft": id})

    def add_page(self, draft: DossierId, component: str, page: Page) -> DraftPage:
        added = self._insert(draft, component, page, place=0)
        self._connection.execute(
            update(draft_page).where(draft_page.c.id == added.id), {"place": added.id}
        )
        return added

    def replace_page(self, draft: DossierId, old: int, page: Page) -> DraftPage:
        """As the port says.

        Raises:
            UnknownDossier: The draft holds no such page (it was received or cleared meanwhile).
        """
        row = self._connection.execute(
            select(draft_page.c.component, draft_page.c.place).where(
                draft_page.c.id == old, draft_page.c.draft == draft
            )
        ).first()
        if row is None:
            raise UnknownDossier(draft)
        self.drop_page(draft, old)
        return self._insert(draft, row.component, page, place=row.place)

    def drop_page(self, draft: DossierId, old: int) -> None:
        self._connection.execute(
            update(draft_page).where(draft_page.c.id == old, draft_page.c.draft == draft),
            {"is_replaced": True},
        )

    def pages_of(self, draft: DossierId) -> tuple[DraftPage, ...]:
        return pages_of_draft(self._connection, draft)

    def all_of(self, owner: StaffId) -> tuple[Draft, ...]:
        return drafts_of(self._connection, owner)

    def _insert(self, draft: DossierId, component: str, page: Page, *, place: int) -> DraftPage:
        added = self._connection.execute(
            insert(draft_page),
            {
                "draft": draft,
                "component": component,
                "sha256": page.sha256,
                "size": page.size,
                "place": place,
                "is_replaced": False,
            },
        )
        assert added.inserted_primary_key is not None
        return DraftPage(added.inserted_primary_key[0], component, page)
