"""How the store came to its present shape; forward only.

`HEAD` names the newest revision, so that opening a store of the present shape needs no Alembic.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection

HEAD: Final = "0001"
REVISIONS: Final = ("0001",)
"""Every revision that this program knows, the oldest first."""


def upgrade(connection: Connection) -> None:
    """Bring the store to `HEAD`, within the transaction at hand."""
    # Imported here: nearly every start finds the store as it should be.
    from alembic import command  # noqa: PLC0415  # as said above
    from alembic.config import Config  # noqa: PLC0415  # as said above

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
