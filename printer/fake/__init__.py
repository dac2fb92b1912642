"""A printer that is none: bytes in, paper as pictures out, with every fault that printers have."""
