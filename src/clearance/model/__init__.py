"""The words: frozen, typed, pure values that every other room speaks."""
