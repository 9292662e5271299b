"""The page's side: inert markup, recordings, programs, and what plays them."""
