"""Argon2id at the floor that OWASP recommends, so that forty people may sign in at once on two cores."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OwaspArgon2PasswordHasher(Argon2PasswordHasher):
    """Two passes over 19 MiB on one lane (OWASP Password Storage Cheat Sheet); Django's default takes 100 MiB."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
