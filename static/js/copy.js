// « Copier » beside each text; without this file, one selects the text.
"use strict";

const told = document.querySelector("[data-copied]");

for (const entry of document.querySelectorAll(".copy-entry")) {
  const text = entry.querySelector("textarea");
  const label = entry.querySelector("label").textContent;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small button-secondary";
  button.textContent = "Copier";
  button.setAttribute("aria-label", `Copier : ${label}`);
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = `Copié : ${label}`;
      button.textContent = "Copié";
    } catch {
      told.textContent = "Le texte est sélectionné : copiez-le avec Ctrl + C.";
    }
  });
  entry.append(button);
}
