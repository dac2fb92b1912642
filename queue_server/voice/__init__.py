"""What boards say aloud: words, recorded clips, and which announcement has its turn.

A leaf: the standard library and `config`'s files only. Boards and the web use it.
"""
