"""What takes time, on threads of its own: the flow's wishes, and news of the server.

Whatever comes of it is told as an event; the screen never waits.
"""
