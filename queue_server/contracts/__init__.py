"""The words on the wire: pydantic only, shared by server, kiosk, board and hub."""
