"""The page's side: inert markup, recordings, and what plays them."""
