"""The CRS, FSW and language calculators: pure rules, then their forms, tables and pages."""
