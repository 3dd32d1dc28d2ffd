"""Who is at the desk, and whether a page may be drawn for them. Draws nothing itself."""
