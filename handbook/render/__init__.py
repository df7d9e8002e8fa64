"""A page and a width make lines: pure, without Textual, the same for every front end."""
