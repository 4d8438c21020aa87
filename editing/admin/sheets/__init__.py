"""Tables as spreadsheets: exported, changed, and imported again after looking at what would change."""
