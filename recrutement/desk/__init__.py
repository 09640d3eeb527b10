"""The recruitment desk; this file only assembles it."""
