"""What may not be kept or shown: finding it and taking it out of text."""
