"""Point grids: their shape, what checks them, and how pages show them."""
