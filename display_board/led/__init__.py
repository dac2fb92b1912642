"""LED displays over the windows: what they show, the bytes for it, and the port that takes them."""
