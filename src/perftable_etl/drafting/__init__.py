"""A layout for forms that no layout claims, begun from one of them: what is known of its words, and what is not."""
