"""The rules of the hall.

The law of this folder: standard library only; no clock, no settings, no database.
A rule is a function of its arguments.
"""
