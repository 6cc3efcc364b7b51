"""An installation as the README describes it answers behind its proxy, with nothing missing and nothing in clear."""

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Watch
from tests.installation.stage import Stage

pytestmark = pytest.mark.installation


def test_the_sign_in_page_is_whole_and_travels_in_secret(stage: Stage, browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR", ignore_https_errors=True)
    watch = Watch(context.new_page())

    response = watch.goto(stage.at("/connexion/"))

    assert response.status == 200
    assert response.headers["strict-transport-security"].startswith("max-age=31536000")
    assert watch.complaints == []
    # The prefix makes the browser refuse a cookie that another host, or plain HTTP, would have set.
    assert [(cookie.get("name"), cookie.get("secure")) for cookie in context.cookies()] == [("__Host-csrftoken", True)]
    context.close()
