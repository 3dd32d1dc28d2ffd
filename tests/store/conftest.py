"""The store's fixtures for every test here."""

from tests.store.engines import postgres_url, store, store_settings

__all__ = ["postgres_url", "store", "store_settings"]
