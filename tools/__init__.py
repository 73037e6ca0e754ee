"""What makes the data files of the program from the lists others publish."""
