"""The reported case at 1:100, with invented companies and regions that no country has."""
