"""The facts of steering figures, and the figures asked of them."""
