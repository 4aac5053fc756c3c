"""Authentication for the admin: passwords with a lockout after failed attempts, and 2FA by one-time codes (TOTP)."""
