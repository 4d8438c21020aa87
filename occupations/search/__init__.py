"""Search for an occupation by code or by words, in English and French at once."""
