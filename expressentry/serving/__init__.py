"""How the site answers clients, says what it does, and copes when what it depends on is away."""
