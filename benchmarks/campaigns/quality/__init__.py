"""What is found in invented logs, and what stays silent."""
