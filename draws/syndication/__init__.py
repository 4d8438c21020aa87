"""The record for other places: Atom, calendar, badges and link previews."""
