"""The web as bytes and names: pages as trees of elements, and addresses as people read them."""
