"""What the running site says of itself: names of requests, lines of log, figures, reports."""
