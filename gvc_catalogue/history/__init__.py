"""What records said before, who changed them and why: versions of them as plain contents, compared word by word."""
