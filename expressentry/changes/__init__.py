"""What this record changed for the public, read from the ledger: page, feed, API."""
