"""Several occupations side by side as on one day."""
