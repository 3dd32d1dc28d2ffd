"""One preview from its start to its end: reading the org, keeping, pausing, going on."""
