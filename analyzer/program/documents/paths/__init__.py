"""Paths: which fields of documents queries name, and how.

`named` goes through a query; `filters`, `writes`, `orders` and `pipelines` read one part each; `lookups` says what a query asks of an index, `updates` what it sets twice.
"""
