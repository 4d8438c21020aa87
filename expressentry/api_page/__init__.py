"""The page that explains the API: what its description for machines does not say."""
