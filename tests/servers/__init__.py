"""Real programs on this machine that the site speaks to, or that speak to it."""
