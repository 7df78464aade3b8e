"""Documents: which collection a call is on, and what it says of the documents there.

`methods` says what the libraries' names mean, `things` what a value may be, `handles` finds it out, `closed` makes values whole over files,
`sites` are the calls that reach a collection.
"""
