/** Takes a catalogue from a file: chosen, or dropped on the page. */

import { write } from "../page.js";

/** A whole catalogue is at most so large, bytes. */
const LARGEST = 2_000_000;

/** Lets the page take files; `compare` shows what a file says and changes. */
export function importing({ part, words, compare, version }) {
  const { say } = words;

  async function take(file) {
    if (!file) return;
    if (file.size > LARGEST) {
      part("banner").hidden = false;
      write(part("banner-text"), say("catalogue.too_large"));
      return;
    }
    await compare.check({ toml: await file.text() }, version(), file.name);
  }

  const chooser = part("import-file");
  part("import").addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", async () => {
    await take(chooser.files[0]);
    // the same file may be chosen again
    chooser.value = "";
  });
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    take(event.dataTransfer.files[0]);
  });
}
