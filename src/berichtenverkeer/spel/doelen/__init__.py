"""What is played against: a node of our own, or one elsewhere with parties that are given."""
