"""The reader's own data in one SQLite file; the only room that knows sqlite3."""
