"""Draws that belong together: general, of one program, or of one category."""
