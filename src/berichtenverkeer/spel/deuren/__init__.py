"""The doors of the exchange, each as the software that uses it speaks it."""
