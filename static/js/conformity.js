// « Conformité » : follows the form of a page as it is filled in, and leads to each field.
"use strict";

// What a folded list is of, whatever its number.
const kind = (summary) => summary.textContent.replace(/[\d\s]+/g, " ");

const follow = (panel) => {
  const form = panel.closest("form");
  let pending;
  let latest = 0;

  const refresh = async () => {
    latest += 1;
    const asked = latest;
    const response = await fetch(panel.dataset.conformity, {
      method: "POST",
      body: new FormData(form),
    });
    if (!response.ok || asked !== latest) return;
    const answer = await response.text();
    const opened = [...panel.querySelectorAll("details[open] > summary")].map(kind);
    panel.innerHTML = answer;
    for (const summary of panel.querySelectorAll("details > summary")) {
      summary.parentElement.open = opened.includes(kind(summary));
    }
  };
  // Rich text and blocks write their hidden field a moment after the key.
  const soon = () => {
    clearTimeout(pending);
    pending = setTimeout(refresh, 900);
  };
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
  form.addEventListener("click", (event) => {
    if (event.target.closest("button")) soon();
  });

  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-conformity-field]");
    if (!link) return;
    event.preventDefault();
    const at = (name) => name && form.querySelector(`[data-contentpath="${CSS.escape(name)}"]`);
    const place = at(link.dataset.conformityBlock) || at(link.dataset.conformityField);
    if (!place) return;
    // The field may lie in another tab or in a folded panel.
    const tab = place.closest("[role=tabpanel][hidden]");
    if (tab) document.querySelector(`[role=tab][aria-controls="${tab.id}"], a[href="#${tab.id}"]`)?.click();
    const folded = place.closest(".w-panel__content[hidden]");
    if (folded) folded.closest(".w-panel").querySelector("[data-panel-toggle]")?.click();
    place.scrollIntoView({ block: "center" });
    place.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true], button")?.focus();
  });
};

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-conformity]").forEach(follow);
});
