"""What the console remembers: tables, engine, vault, migrations, audit. No business rules."""
