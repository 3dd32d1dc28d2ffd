"""The store's migrations; `python -m core.store.migrations` writes one from the tables."""
