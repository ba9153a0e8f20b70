"""One message through standard, rules and life cycle: its oordeel, its gevolgen, its retourbericht. All of it pure."""
