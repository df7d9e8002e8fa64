"""The ML Teams Handbook: read, search and work through a book on machine learning teams."""

__version__ = "0.1.0"
