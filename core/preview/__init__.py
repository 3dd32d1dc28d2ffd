"""What a push would do, record by record, before anything is sent. Never writes to an org."""
