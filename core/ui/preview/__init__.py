"""The pieces of the preview page."""
