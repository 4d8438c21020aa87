"""The figures that the draws add up to, as tables and as charts."""
