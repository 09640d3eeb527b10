"""The screens of the training team."""
