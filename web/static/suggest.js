// Suggestions under a text field, as a combobox that keyboard and screen reader understand. Without it the field
// is a plain one, and the form asks which was meant.
"use strict";

const WAIT_MS = 120;
const FEWEST_LETTERS = 2;

function suggest(input) {
  const list = document.createElement("ul");
  const count = document.createElement("p");
  let waiting, asked = 0, active = -1;

  list.id = `${input.id}-list`;
  list.hidden = true;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  count.className = "unseen";
  count.setAttribute("role", "status");
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);
  input.after(list, count);

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function show(found) {
    list.replaceChildren(...found.map((words, number) => {
      const option = document.createElement("li");
      option.id = `${list.id}-${number}`;
      option.textContent = words;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.addEventListener("pointerdown", (event) => { event.preventDefault(); take(option); });
      return option;
    }));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    count.textContent = found.length ? `${found.length} suggestions` : "";
  }

  function move(step) {
    const options = list.children;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  function take(option) {
    input.value = option.textContent;
    asked += 1; // an answer still on its way is no longer wanted
    close();
  }

  async function ask() {
    const mine = (asked += 1);
    const typed = input.value.trim();
    if (typed.length < FEWEST_LETTERS) return close();
    try {
      const answer = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(typed)}`);
      const found = answer.ok ? await answer.json() : [];
      if (mine === asked && document.activeElement === input) show(found);
    } catch { close(); }
  }

  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, WAIT_MS); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); move(1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); move(active < 0 ? 0 : -1); }
    else if (event.key === "Enter" && active >= 0) { event.preventDefault(); take(list.children[active]); }
    else if (event.key === "Escape") { event.preventDefault(); close(); }
  });
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
