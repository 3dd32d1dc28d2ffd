"""Refusals that a real org is known for, ready to be asked for by name."""
