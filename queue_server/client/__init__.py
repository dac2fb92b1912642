"""How a kiosk or a board talks to the server: typed calls with deadlines, and the event feed."""
