"""A list on a page: filters and order in its address, a table, the next page, and the same as a file."""
