"""The command line: `python -m core COMMAND`. Reads files and prints; asks no org, no store."""
