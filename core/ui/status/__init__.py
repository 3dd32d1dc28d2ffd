"""The pieces of the status page, and what Connect shares with it."""
