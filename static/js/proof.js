// During an attack, the site asks each browser for a small computation before a form is sent. It is
// made aside while the person types. Without this file the form is sent all the same.
"use strict";

const LONGEST = 60_000; // milliseconds

for (const place of document.querySelectorAll("[data-proof]")) {
  const form = place.closest("form");
  if (form && window.Worker && window.crypto?.subtle) guard(form, place);
}

function guard(form, place) {
  const field = place.querySelector("input");
  const said = place.querySelector("[role=status]");
  const challenge = JSON.parse(place.dataset.proof);
  let solving = null;
  let ended = false;

  const solve = () => {
    solving ??= new Promise((resolve) => {
      const worker = new Worker(place.dataset.worker);
      const end = (solution) => {
        worker.terminate();
        if (solution) field.value = btoa(JSON.stringify({ challenge, solution }));
        ended = true;
        resolve();
      };
      worker.addEventListener("message", (event) => end(event.data));
      worker.addEventListener("error", () => end(null));
      setTimeout(end, LONGEST, null);
      worker.postMessage(challenge.parameters);
    });
    return solving;
  };

  form.addEventListener("focusin", solve, { once: true });
  form.addEventListener("submit", async (event) => {
    if (ended) return;
    event.preventDefault();
    said.textContent = "Un instant, votre navigateur prépare l’envoi…";
    await solve();
    said.textContent = "";
    form.requestSubmit(event.submitter);
  });
}
