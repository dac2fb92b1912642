/** A browser that waits to be let in as a device: shows its code, and goes to its page. */

import { startingData, write } from "../page.js";
import { forget, keep, kept, opens, post, withOptions } from "./admission.js";

const AWAY = 5000;
const REFUSED = 30000;

const data = startingData();
const part = (id) => document.getElementById(id);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function show(view, code = "") {
  document.body.dataset.view = view;
  write(part("code"), code);
}

const away = (lost) => (part("away").hidden = !lost);

/** Goes to the page of a device that was let in before, while its token holds. */
async function known() {
  const before = kept(data.kind);
  if (!before) return false;
  for (;;) {
    const held = await opens(before.token);
    away(held === null);
    if (held === true) {
      go(before.url);
      return true;
    }
    if (held === false) {
      forget(data.kind);
      part("signed-off").hidden = false;
      return false;
    }
    await pause(AWAY);
  }
}

const go = (url) => location.replace(withOptions(url, data.options));

/** Asks for a code until there is one. */
async function asked() {
  show("asking");
  for (;;) {
    const { status, body } = await post("/pairings", { kind: data.kind });
    away(status !== 201);
    if (status === 201) return body;
    await pause(AWAY);
  }
}

/** Shows a code until it has its answer, or is over: then null. */
async function answered({ code, secret, poll_seconds: poll }) {
  show("shown", code);
  for (;;) {
    await pause(poll * 1000);
    const { status, body } = await post("/pairings/claim", { secret });
    away(status === 0 || status >= 500);
    if (status === 200) return body;
    if (status === 404 || status === 409) return null;
  }
}

async function run() {
  if (data.signed_off) part("signed-off").hidden = false;
  if (await known()) return;
  for (;;) {
    const answer = await answered(await asked());
    if (answer?.state === "approved") {
      keep(data.kind, answer);
      go(answer.url);
      return;
    }
    if (answer?.state === "refused") {
      show("refused");
      await pause(REFUSED);
    }
  }
}

run();
