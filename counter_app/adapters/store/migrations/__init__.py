"""How the store came to its present shape; forward only.

`HEAD` names the newest revision, so that opening a store of the present shape needs no Alembic.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Migrations:
    """The revisions that a program knows.

    Attributes:
        folder: Where Alembic finds them.
        revisions: The oldest first.
    """

    folder: Path
    revisions: tuple[str, ...]

    @property
    def head(self) -> str:
        return self.revisions[-1]

    def upgrade(self, connection: Connection) -> None:
        """Bring the store to the newest revision, within the transaction at hand."""
        # Imported here: nearly every start finds the store as it should be.
        from alembic import command  # noqa: PLC0415  # slow to import, seldom needed
        from alembic.config import Config  # noqa: PLC0415  # slow to import, seldom needed

        config = Config()
        config.set_main_option("script_location", str(self.folder).replace("%", "%%"))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


MIGRATIONS: Final = Migrations(Path(__file__).parent, ("0001",))
