"""One file a rule, one folder a family. Found by walking this package.

What comes in: subjects of a ReferenceGraph. What goes out: Findings. Rules never parse, know no framework and read no configuration.
"""
