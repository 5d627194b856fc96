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
      const [old, fresh] = [document, page].map((one) => [...one.querySelectorAll("[data-task]")]);
      if (!old.length || old.length !== fresh.length) return;
      const ended = !page.querySelector("[data-at-work]");
      old.forEach((part, place) => {
        if (ended || !part.contains(document.activeElement)) part.replaceWith(fresh[place]);
      });
    } catch {
      // the next look may reach us
    }
  }
})();
