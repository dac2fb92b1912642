"""`navbat-callpad`: a hardware pad at a clerk's window calls, recalls, starts and finishes."""
