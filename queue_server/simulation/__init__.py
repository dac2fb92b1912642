"""Simulated halls: people who come, wait and serve, on a clock of their own or in real time."""
