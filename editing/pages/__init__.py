"""What pages and files of every app are made of."""
