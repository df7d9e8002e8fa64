"""Tests of the pure logic of study."""
