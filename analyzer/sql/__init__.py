"""SQL text: the only room that knows sqlglot.

What comes in: texts, a dialect and a catalogue. What goes out: statements with offsets, schema changes, resolutions. This
package does not know host languages, files on disk or migration tools.
"""
