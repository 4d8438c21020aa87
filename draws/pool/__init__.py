"""The pool: candidates by score range, as counted on a day."""
