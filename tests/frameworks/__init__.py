"""Tests of what links code to the schema."""
