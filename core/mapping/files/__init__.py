"""A mapping, and its value maps, as content that is stored, downloaded and read back."""
