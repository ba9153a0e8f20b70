"""The HTTP faces, a module per user."""
