"""What a hoofdaannemer agreed, passed on and fixed."""
