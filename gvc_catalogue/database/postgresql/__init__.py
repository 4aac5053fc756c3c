"""Database backend: Django's PostgreSQL backend with timeouts and a circuit breaker."""
