"""What is kept of persons, unreadable to who has the database but not the keys: pure, and by the primitives of ``cryptography`` only.

``cijfers`` gives a Bsn another number, by which it can be looked up; ``boom`` has a key for every party and every client, each of which can
be destroyed; ``bos`` has all keys of a node and seals values with them; ``bestand`` keeps it in a file, wrapped by a master key.
"""
