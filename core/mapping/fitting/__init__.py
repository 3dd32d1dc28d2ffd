"""A mapping against an org that is not, or no longer, the one it was made for."""
