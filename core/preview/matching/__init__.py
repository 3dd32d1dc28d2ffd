"""What the match keys find of the org, and whether it is the inquiry's record. Pure."""
