"""Servers that tests start on this machine: real ones, or ones that fail on demand."""
