"""Integrity rules: what in a day's log differs from what a hall does by itself.

A rule sees events, never intentions: it names numbers and the events that prove them. People judge.
"""
