"""The pieces of the field mapping page."""
