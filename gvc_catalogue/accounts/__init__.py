"""Who gets into the admin: by a password whose guessing is slowed down, and by a one-time code."""
