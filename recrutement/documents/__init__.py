"""What recruitment prints or gives to other machines."""
