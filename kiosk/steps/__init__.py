"""What each step's own keys and news do: `KEYS` and `NEWS` of every module, joined in flow.py."""
