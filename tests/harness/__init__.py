"""What makes the tests strict: databases, client, templates, skips, time."""
