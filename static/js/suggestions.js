// Suggestions under the fields of search: pages and words, while one types. Without this file, or
// without an answer, the fields are those of an ordinary form.
"use strict";

const WAIT = 180; // milliseconds without a key before asking
const SHORTEST = 2;

class Suggestions {
  constructor(field, rank) {
    this.field = field;
    this.options = [];
    this.active = -1;
    this.list = document.createElement("ul");
    this.list.id = `suggestions-${rank}`;
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    const holder = field.parentElement;
    holder.classList.add("has-suggestions");
    holder.append(this.list);
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
    })) {
      field.setAttribute(name, value);
    }
    // There only while one types: the page may have a status of its own to tell.
    field.addEventListener("focus", () => holder.append(this.status));
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => {
      this.close();
      this.status.remove();
    });
    // The field keeps the focus, so that the click comes before its loss.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.choose(event.target.closest("li")));
  }

  wait() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.field.value.trim().length < SHORTEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(this.field.value), WAIT);
  }

  async ask(typed) {
    this.request = new AbortController();
    try {
      const address = `${this.field.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const response = await fetch(address, { signal: this.request.signal });
      const { suggestions } = await response.json();
      if (document.activeElement === this.field) this.show(suggestions);
    } catch (error) {
      if (error.name !== "AbortError") this.close(); // no answer: the form itself still works
    }
  }

  show(suggestions) {
    this.active = -1;
    this.options = suggestions.map((suggestion, rank) => {
      const option = document.createElement("li");
      option.id = `${this.list.id}-${rank}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = suggestion.url;
      const kind = document.createElement("span");
      kind.className = "suggestions__kind";
      kind.textContent = suggestion.kind;
      option.append(suggestion.label, " ", kind);
      return option;
    });
    this.list.replaceChildren(...this.options);
    this.open(this.options.length > 0);
    const count = this.options.length;
    this.status.textContent = count ? `${count} suggestion${count > 1 ? "s" : ""}` : "Aucune suggestion";
  }

  open(shown) {
    this.list.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown));
    if (!shown) this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.active = -1;
    this.status.textContent = "";
    this.open(false);
  }

  press(event) {
    if (event.isComposing || this.list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Escape") {
      event.preventDefault(); // the field keeps what was typed
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    }
  }

  move(step) {
    const places = this.options.length + 1; // the field itself is one of them
    this.active = ((this.active + 1 + step + places) % places) - 1;
    this.options.forEach((option, rank) => {
      option.setAttribute("aria-selected", String(rank === this.active));
    });
    if (this.active < 0) {
      this.field.removeAttribute("aria-activedescendant");
    } else {
      this.field.setAttribute("aria-activedescendant", this.options[this.active].id);
      this.options[this.active].scrollIntoView({ block: "nearest" });
    }
  }

  choose(option) {
    if (option?.dataset.url) location.assign(option.dataset.url);
  }
}

document
  .querySelectorAll('input[type="search"][name="q"][data-suggestions]')
  .forEach((field, rank) => new Suggestions(field, rank));
