"""Where everything is kept: the only room with SQL. SQLite by default, PostgreSQL for real use."""
