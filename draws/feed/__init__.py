"""The official feed of rounds: fetched and read, without the database."""
