// A button beside an address that copies it, and one that prints a page. Without it one selects the address by hand.
"use strict";

function button(words) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "second small";
  made.textContent = words;
  return made;
}

for (const input of document.querySelectorAll("input[data-copy]")) {
  const copy = button(input.dataset.copy);
  copy.setAttribute("aria-live", "polite");
  copy.addEventListener("click", async () => {
    input.select();
    try { await navigator.clipboard.writeText(input.value); } catch { document.execCommand("copy"); }
    copy.textContent = input.dataset.copied;
  });
  input.after(copy);
}

for (const place of document.querySelectorAll("[data-print]")) {
  const print = button(place.dataset.print);
  print.addEventListener("click", () => window.print());
  place.append(print);
}
