"""The command line: thin. It reads the disk, asks the engine, prints what a format made, and ends with the contract's exit codes.

`commands` declares what can be typed, `inputs` turns paths into sources and a configuration, `outcome` writes and ends. Importing
this package loads no parser: `--help` answers at once.
"""

from analyzer.cli.commands import main

__all__ = ["main"]
