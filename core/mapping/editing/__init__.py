"""Edits of a draft, each returning a new one."""
