"""What leaves the house as it happens: signed web hooks and e-mail, each from its own cursor."""
