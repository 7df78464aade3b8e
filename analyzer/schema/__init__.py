"""Which schema is live, in which order its steps run, and what they build.

What comes in: FileFacts (scripts, layouts, connections, manifests) and the config's wishes. What goes out: histories, each with
its schema. This package does not know queries.
"""
