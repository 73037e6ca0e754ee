"""The immutable, versioned folder that reference data is compiled into."""
