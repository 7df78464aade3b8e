"""Documents: which collection a call is on, and what it says of the documents there.

`libraries` say what names mean, `evaluation` what a value may be; `calls` are the drivers' own, `sites` what the functions around make of them, as queries;
`paths` are the fields that a query names. `documents` is the way in.
"""
