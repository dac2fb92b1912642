"""The center server: rules, queue, log and pages of one hall."""
