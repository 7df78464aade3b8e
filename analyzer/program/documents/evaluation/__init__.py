"""Evaluation: what values are, over files, names, parameters, objects and what functions give.

`things` are the answers, `index` the facts by key; `objects`, `running` and `handles` find them out, `closed` puts them into values.
"""
