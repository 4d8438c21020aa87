"""Whether a profile would have been invited, draw by draw."""
