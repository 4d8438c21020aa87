"""Public pages, kept in front of Django until the data, the day or the code changes."""
