"""The text user interface: everything that knows Textual."""
