"""Browsers in words that ours alone choose, networks without the person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.visitors import BROWSERS, SYSTEMS, UNKNOWN_BROWSER, browser_words, network_key, network_words

CHROME = "Mozilla/5.0 ({system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 {mobile}Safari/537.36{more}"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox sur Linux"),
        (CHROME.format(system="Windows NT 10.0; Win64; x64", mobile="", more=""), "Chrome sur Windows"),
        (CHROME.format(system="Windows NT 10.0", mobile="", more=" Edg/126.0.0.0"), "Edge sur Windows"),
        (CHROME.format(system="Linux; Android 14", mobile="Mobile ", more=""), "Chrome sur Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) Version/17.5 Safari/605.1.15", "Safari sur Mac"),
        ("curl/8.5.0", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_browser_words(user_agent: str, words: str) -> None:
    assert browser_words(user_agent) == words


@given(st.text(max_size=500))
def test_only_our_own_words_come_out(user_agent: str) -> None:
    browser, _, system = browser_words(user_agent).partition(" sur ")

    assert browser in {name for _, name in BROWSERS} | {UNKNOWN_BROWSER}
    assert system in {name for _, name in SYSTEMS} | {""}


@pytest.mark.parametrize(
    ("address", "key", "words"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.x"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:0db8:0001:x"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64", "2001:0db8:0001:x"),
        ("fe80::1%eth0", "fe80::/64", "fe80:0000:0000:x"),
        ("::ffff:192.0.2.77", "::ffff:192.0.2.77", "192.0.2.x"),
        ("", "", ""),
        ("inconnu", "inconnu", ""),
    ],
)
def test_networks(address: str, key: str, words: str) -> None:
    assert (network_key(address), network_words(address)) == (key, words)
