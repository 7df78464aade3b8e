"""How long things take, as ratios within one run: `python -m tests.benchmarks.replay`. Nothing here is a test that can fail by time."""
