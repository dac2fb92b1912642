/**
 * How the service ends: marked beforehand, so that Next and Finish need no second click. Only who
 * is turned away or sent elsewhere is asked about, once: which document, or where to.
 */

import { write } from "../page.js";

const part = (id) => document.getElementById(id);
const choices = (name) => Array.from(document.querySelectorAll(`#ending [name=${name}]`));
const chosen = (name) => choices(name).find((choice) => choice.checked)?.value;

/** What was said about each outcome: {text, document?, reason?}. */
let details = {};

/** Returns the outcome and delivery as they are marked, with what was said about them. */
export function ending() {
  const outcome = chosen("outcome") ?? "solved";
  const { document = null, reason = null } = details[outcome] ?? {};
  const delivery = outcome === "solved" ? (chosen("delivery") ?? null) : null;
  return { outcome, delivery, document, reason };
}

/** Returns the outcome that must still be asked about, or null. */
export function unsaid() {
  const outcome = chosen("outcome") ?? "solved";
  return outcome === "solved" || outcome in details ? null : outcome;
}

/** Returns the outcome that is marked. */
export function outcomeMarked() {
  return chosen("outcome") ?? "solved";
}

/** Notes what was said about an outcome. */
export function detail(outcome, said, say) {
  details = { [outcome]: said };
  drawDetail(say);
}

/** Shows what was said, or what will be asked; where nothing was done, no result is delivered. */
function drawDetail(say) {
  const outcome = outcomeMarked();
  const solved = outcome === "solved";
  const ask = outcome === "turned_away" ? "which_document" : "where_forwarded";
  for (const name of ["delivery", "delivery-say"]) part(name).hidden = !solved;
  for (const name of ["ending-detail", "detail-say"]) part(name).hidden = solved;
  write(part("ending-said"), details[outcome]?.text ?? say(`staff.${ask}`));
}

/** Marks the usual again, for the next visitor. */
export function resetEnding(say) {
  for (const choice of choices("outcome")) choice.checked = choice.value === "solved";
  for (const choice of choices("delivery")) choice.checked = false;
  details = {};
  remember();
  drawDetail(say);
}

/** Lets a way of delivery that was chosen by mistake be taken back by choosing it again. */
export function listenToEnding(say) {
  for (const choice of choices("delivery")) {
    choice.addEventListener("click", () => {
      choice.checked = choice.dataset.was !== "true";
      remember();
    });
  }
  for (const choice of choices("outcome")) choice.addEventListener("change", () => drawDetail(say));
}

function remember() {
  for (const choice of choices("delivery")) choice.dataset.was = String(choice.checked);
}
