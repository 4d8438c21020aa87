"""Which rounds and pool counts are hard to believe."""
