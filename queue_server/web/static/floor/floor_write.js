/** A word to the clerk at a window: ready ones, or own. */

import { element, write } from "../page.js";
import { closeFromOutside } from "../questions.js";

const READY = ["come", "faster", "help_neighbour", "break_after", "close_after"];
const part = (id) => document.getElementById(id);

/** Returns ask(title): resolves with the text, or null when it is left. */
export function writeSheet(say) {
  const dialog = part("write");
  const ready = READY.map((name) =>
    element("button", { class: "key word", type: "button", onclick: () => put(say(`floor.word_${name}`)) }, say(`floor.word_${name}`)),
  );
  part("write-ready").replaceChildren(...ready);

  function put(text) {
    part("write-text").value = text;
    part("write-text").focus();
  }

  return (title) =>
    new Promise((resolve) => {
      let answer = null;
      const leaving = new AbortController();
      const options = { signal: leaving.signal };
      write(part("write-title"), title);
      part("write-text").value = "";
      part("write-form").addEventListener("submit", (event) => {
        event.preventDefault();
        answer = part("write-text").value.trim() || null;
        dialog.close();
      }, options);
      dialog.addEventListener("click", closeFromOutside, options);
      dialog.addEventListener("close", () => {
        leaving.abort();
        resolve(answer);
      }, options);
      dialog.showModal();
      part("write-text").focus();
    });
}
