"""The cost of a password hash is the one that was chosen, and an older, cheaper one is renewed at sign-in."""

from argon2 import PasswordHasher

from accounts.hashers import OwaspArgon2PasswordHasher


def test_a_hash_says_its_cost() -> None:
    hasher = OwaspArgon2PasswordHasher()

    encoded = hasher.encode("une phrase assez longue", hasher.salt())

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert hasher.verify("une phrase assez longue", encoded)
    assert not hasher.verify("une autre phrase assez longue", encoded)
    assert not hasher.must_update(encoded)


def test_a_cheaper_hash_is_to_be_renewed() -> None:
    cheap = "argon2" + PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("une phrase assez longue")

    assert OwaspArgon2PasswordHasher().must_update(cheap)
