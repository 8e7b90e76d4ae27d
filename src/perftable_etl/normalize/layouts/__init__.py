"""What the words on forms mean: the vocabulary, the layouts as data, the catalogue of indicators."""
