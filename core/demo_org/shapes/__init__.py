"""The universities that the demo org plays, a file each, and what they have in common."""
