"""Comparing the official feed with the record, and saving what a person accepts."""
