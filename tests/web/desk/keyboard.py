"""The keyboard alone: what has the focus shows it, and what cannot be reached with a few dozen presses fails the test."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page, expect

MOST_TABS = 90
# What has the focus, as somebody would name it, and whether one can see that it has.
FOCUS = """() => {
  const one = document.activeElement;
  const label = one.labels && one.labels.length ? one.labels[0].innerText : one.innerText || one.getAttribute("aria-label") || "";
  const style = getComputedStyle(one);
  return {
    kind: one.type || one.tagName.toLowerCase(),
    name: label.trim(),
    is_seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


@dataclass(frozen=True)
class Keyboard:
    """Somebody who has no mouse."""

    page: Page

    def tabs_to(self, name: str, kind: str = "") -> None:
        """Press the tabulator until what has this name has the focus, and see that it shows it."""
        passed = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            focus = self.page.evaluate(FOCUS)
            passed.append(focus["name"])
            if focus["name"] == name and kind in {"", focus["kind"]}:
                assert focus["is_seen"], f"{name} does not show that it has the focus"
                return
        raise AssertionError(f"{name} is not reached: {passed}")

    def types(self, field: str, words: str) -> None:
        """Type into a field, instead of what was there: whoever tabs into a line has all of it selected."""
        self.tabs_to(field)
        self.page.keyboard.type(words)

    def follows(self, *links: str) -> None:
        """Follow links, one page after the other."""
        for words in links:
            self.tabs_to(words, "a")
            with self.page.expect_navigation():
                self.page.keyboard.press("Enter")

    def follows_to_field(self, words: str) -> None:
        """Follow a link of a summary of mistakes to its field."""
        self.tabs_to(words, "a")
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_label(words)).to_be_focused()

    def unfolds(self, words: str) -> None:
        """Open what is folded."""
        self.tabs_to(words, "summary")
        self.page.keyboard.press("Space")

    def presses(self, words: str, key: str = "Enter") -> None:
        """Press a button that leads to another page."""
        self.tabs_to(words, "submit")
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def chooses(self, words: str) -> None:
        """Choose one of a few: the tabulator leads to the one that is chosen, the arrows to the others."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate(FOCUS)["kind"] == "radio":
                break
        first = self.page.evaluate(FOCUS)["name"]
        while (focus := self.page.evaluate(FOCUS))["name"] != words:
            self.page.keyboard.press("ArrowDown")
            assert self.page.evaluate(FOCUS)["name"] != first, f"{words} is not among them"
        assert focus["is_seen"]
