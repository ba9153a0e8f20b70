"""What stands around every question: the connection, the gate, who asks, and what is noted of it."""
