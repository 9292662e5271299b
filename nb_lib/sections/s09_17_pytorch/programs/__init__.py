"""Complete programs that the book prints and runs: each file stands alone."""
