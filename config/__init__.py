"""The shipped TOML files and the models that read them."""
