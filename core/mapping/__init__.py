"""The mapping itself, pure: model, suggestions, coercion, checks, apply. No I/O, no clock."""
