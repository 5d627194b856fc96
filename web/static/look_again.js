// While long work is at work, the page looks again by itself; without a script a link does the same.
(async () => {
  const wait = (ms) => new Promise((done) => setTimeout(done, ms));
  while (document.querySelector("[data-at-work]")) {
    await wait(2000);
    if (document.hidden) continue;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const old = document.querySelector("[data-task]");
      const fresh = page.querySelector("[data-task]");
      if (!old || !fresh) return;
      if (!old.contains(document.activeElement) || !fresh.querySelector("[data-at-work]")) old.replaceWith(fresh);
    } catch {
      // the next look may reach us
    }
  }
})();
