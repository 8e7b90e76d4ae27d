"""From cells to forms: where each begins, how it goes on over page breaks, and what pages have around it."""
