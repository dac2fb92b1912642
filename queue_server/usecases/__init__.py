"""One function per thing a person does: open the unit of work, one domain call, record, commit."""
