"""Categories of category-based selection, their editions through time, and what each lists."""
