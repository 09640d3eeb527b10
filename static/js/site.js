// Small comforts only: every page works without this file.
"use strict";

// A form that comes back with errors: the summary is read first. Browsers do it by themselves
// (`autofocus`), unless the address kept the anchor of the skip link.
document.querySelector(".form-errors")?.focus();

// The sub-menu closes like a menu: Escape, or a click or a focus elsewhere.
const submenus = document.querySelectorAll(".menu details");
const closeOthers = (target) => {
  for (const submenu of submenus) {
    if (!submenu.contains(target)) submenu.open = false;
  }
};
if (window.matchMedia("(min-width: 60rem)").matches) {
  document.addEventListener("click", (event) => closeOthers(event.target));
  document.addEventListener("focusin", (event) => closeOthers(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const submenu of submenus) {
      if (submenu.open && submenu.contains(document.activeElement)) {
        submenu.querySelector("summary").focus();
      }
      submenu.open = false;
    }
  });
}

// A page opened over another closes when the focus leaves it: nothing is focused underneath.
for (const sheet of document.querySelectorAll("[popover]")) {
  sheet.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !sheet.contains(event.relatedTarget)) sheet.hidePopover?.();
  });
}

// « L'ingénieur social » opens over the home page on arrival, once per visit, unless the visitor
// came for a precise place of the page.
const welcome = document.querySelector("[popover][data-once]");
if (welcome?.showPopover && !location.hash) {
  try {
    if (!sessionStorage.getItem(welcome.id)) {
      sessionStorage.setItem(welcome.id, "vu");
      welcome.showPopover();
    }
  } catch {
    // No storage in this browser: the link on the page opens it.
  }
}
