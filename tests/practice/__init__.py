"""Tests of the verbs of practice."""
