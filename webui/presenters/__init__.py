"""What is shown and where it leads: labels and links as values; templates only arrange."""
