"""What files may be, whoever sends them: judged by their content, before anything is stored."""
