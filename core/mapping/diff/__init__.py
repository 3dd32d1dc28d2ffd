"""What differs between two mappings, and its words."""
