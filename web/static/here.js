// "Use where I am now": asks the browser where it is, and our site for the square around it. Without it one types a town.
"use strict";

const PATIENCE_MS = 10000;

function whereIAm(box) {
  const form = box.closest("form");
  const place = form.querySelector("[name=place]");
  const cell = box.querySelector("[name=cell]");
  const button = document.createElement("button");
  const told = document.createElement("div");
  button.type = "button";
  button.className = "second small";
  button.textContent = box.dataset.ask;
  told.setAttribute("role", "status");
  told.append(...box.querySelectorAll(".found"));
  box.append(button, told);

  function sorry() {
    told.textContent = box.dataset.failed;
    button.disabled = false;
  }

  async function found(position) {
    const { latitude, longitude } = position.coords;
    try {
      const answer = await fetch(box.dataset.here, {
        method: "POST",
        headers: { "X-CSRFToken": form.querySelector("[name=csrf_token]").value },
        body: new URLSearchParams({ latitude, longitude }),
      });
      if (!answer.ok) return sorry();
      told.innerHTML = await answer.text();
      const shown = told.querySelector(".found");
      cell.value = shown.dataset.cell;
      place.value = shown.dataset.place;
      button.disabled = false;
    } catch { sorry(); }
  }

  button.addEventListener("click", () => {
    button.disabled = true;
    told.textContent = box.dataset.waiting;
    navigator.geolocation.getCurrentPosition(found, sorry, { timeout: PATIENCE_MS, maximumAge: 600000 });
  });
  place.addEventListener("input", () => { cell.value = ""; told.replaceChildren(); });
}

if (navigator.geolocation) document.querySelectorAll("[data-here]").forEach(whereIAm);
