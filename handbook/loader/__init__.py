"""From folders of Markdown to a Handbook; the only room that knows markdown-it-py."""
