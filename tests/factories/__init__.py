"""Factories: readable, fixed values; one module per app; a trait per situation."""
