"""Who is controlled without being owned."""
