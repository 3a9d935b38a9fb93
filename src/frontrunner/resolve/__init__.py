"""Names become companies, products and indications; every rule says why, unknown stays unknown."""
