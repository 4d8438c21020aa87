"""What the public could see of every row, and from which moment on."""
