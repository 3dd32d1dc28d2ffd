"""What of a preview is handed over, in words and files, and what of it is hidden."""
