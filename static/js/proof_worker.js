// Tries one number after the other until the derived key begins as the site asks (ALTCHA v2).
"use strict";

const bytesOf = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (buffer) =>
  Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");

self.addEventListener("message", async ({ data: asked }) => {
  const nonce = bytesOf(asked.nonce);
  const salt = bytesOf(asked.salt);
  const password = new Uint8Array(nonce.length + 4);
  password.set(nonce);
  const number = new DataView(password.buffer);
  for (let counter = 0; counter < 2 ** 32; counter += 1) {
    number.setUint32(nonce.length, counter);
    const key = await crypto.subtle.importKey("raw", password, "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: asked.cost };
    const derivedKey = hexOf(await crypto.subtle.deriveBits(how, key, asked.keyLength * 8));
    if (derivedKey.startsWith(asked.keyPrefix)) {
      self.postMessage({ counter, derivedKey });
      return;
    }
  }
});
