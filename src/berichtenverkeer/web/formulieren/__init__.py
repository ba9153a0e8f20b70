"""A form on a page: its fields, what is wrong with them, what it carries along, and that it counts once."""
