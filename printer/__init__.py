"""Paper: a slip of plain data becomes a picture, ESC/POS bytes and an honest outcome.

This package knows no ticket and no server.
"""
