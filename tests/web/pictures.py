"""The pictures of the README, taken of the pages as they are: ``python -m tests.web.pictures``."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PIL import Image

from .browser import chromium, served
from .desk import of_corpus

HERE = Path(__file__).parent / "pictures"
RULE = "/rule/lbpd/special-order/social-media/1?on=2020-06-01"


def take() -> None:
    """Both pictures."""
    with tempfile.TemporaryDirectory() as folder, served(of_corpus(Path(folder) / "library")) as address, chromium() as browser:
        context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 1000}, color_scheme="light")
        page = context.new_page()
        page.goto(RULE)
        page.locator("details.noted summary").click()
        page.locator("details.noted li", has_text="RESCINDED").get_by_role("link").click()
        page.locator("#panel rect.place").first.wait_for()
        page.locator("details.noted summary").click()
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
        page.wait_for_timeout(300)
        page.screenshot(path=HERE / "rule.png", full_page=True, clip={"x": 0, "y": 0, "width": 1280, "height": 1350})
        page.goto("/incident?on=2021-07-21&at=23:40&words=internet,+social+media")
        page.screenshot(path=HERE / "incident.png", full_page=True)
    for path in HERE.glob("*.png"):
        Image.open(path).convert("P", palette=Image.Palette.ADAPTIVE, colors=64).save(path, optimize=True)


if __name__ == "__main__":
    take()
