"""What a policy can say, a kind of clause a module, and what each yields."""
