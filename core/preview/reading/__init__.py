"""Finished previews, read from the store: pages, counts, comparison, a second look."""
