"""What is to be done, by whom and before when."""
