"""Where everything stands on each step's screen: pure functions from a flow to elements."""
