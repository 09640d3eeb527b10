// Shows the passkey buttons where passkeys work; without this file, passwords and codes do.
"use strict";

const form = document.querySelector("form[data-passkey]");

// A passkey belongs to a name: there is none for a bare address such as 127.0.0.1.
const hasName = !/^[\d.]+$|^\[/.test(window.location.hostname);

if (form && window.PublicKeyCredential && hasName) {
  const kind = form.dataset.passkey;
  const error = form.querySelector("[data-passkey-error]");
  const button = document.getElementById("passkey-button");
  const ids = { credential: "passkey-credential", data: "passkey-data", [kind]: "passkey-button" };
  if (kind === "add") {
    ids.passwordless = "id_passwordless";
  }
  form.hidden = false;
  document.querySelector("[data-passkey-missing]")?.remove();
  window.allauth.webauthn.forms[`${kind}Form`]({ ids });
  button.addEventListener("click", () => { error.hidden = true; }, { capture: true });
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    error.hidden = false;
  });
}
