"""Search over everything; the only room that knows rapidfuzz."""
