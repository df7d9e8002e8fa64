"""The command line: the same workspace without a screen. Importing this package loads nothing."""
