"""Impact: a change of policy, from files to files."""
