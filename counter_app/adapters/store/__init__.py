"""The counter's own store: SQLAlchemy Core over SQLCipher. `docs/store.md` tells how and why."""
