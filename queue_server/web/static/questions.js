/** What staff are asked before a move. Each question resolves with an answer, or null when left. */

import { element, icon, write } from "./page.js";

const LONGEST_REASON = 300;
const part = (id) => document.getElementById(id);

/**
 * Asks for a reason: one touch (or its figure) on a ready one, or own words.
 * A ready one is a text, or {text, value, group, notice}: `group` stands above the first of its
 * kind, `notice` is told before it counts. `timed` asks for minutes too.
 * Resolves with {reason, value, minutes}.
 */
export function askReason({ title, reasons, timed = false }) {
  return ask(part("ask-reason"), (choose, options) => {
    const given = (reason, value = null) =>
      choose({ reason, value, minutes: timed ? minutesChosen() : null });
    const answer = ({ text, value, notice }) =>
      notice ? warn(notice, () => given(text, value), options) : given(text, value);
    write(part("reason-title"), title);
    part("reason-notice").hidden = true;
    part("reason-choice").hidden = false;
    part("minutes-row").hidden = !timed;
    document.querySelector("[name=minutes][value='']").checked = true;
    part("own-reason").value = "";
    part("reasons").replaceChildren(...reasonKeys(reasons, answer));
    part("ask-reason").addEventListener("keydown", pressByFigure, options);
    part("reason-done").addEventListener("click", (event) => ownReason(event, given), options);
  });
}

/**
 * Asks for one item of a list that can be searched; several kinds of lists may stand side by side.
 * A kind is {name, label, items: [{value, name, hint, words}]}. `back` and
 * `keep` ask whether the visitor comes back, and whether the place is to be one press away.
 * Resolves with {kind, value, back, keep}.
 */
export function askOne({ title, verb, kinds, back = false, keep = false, nothing }) {
  return ask(part("ask-one"), (choose, options) => {
    const search = part("one-search");
    const kind = () => kinds.find((each) => each.name === chosen("kind")) ?? kinds[0];
    const show = () => showItems(kind().items, search.value, nothing);
    write(part("one-title"), title);
    write(part("one-done"), verb);
    part("one-kinds").hidden = kinds.length < 2;
    part("one-kinds").replaceChildren(...kinds.map(kindChoice));
    part("back-row").hidden = !back;
    part("with-return").checked = false;
    part("keep-row").hidden = !keep;
    part("keep-place").checked = false;
    search.value = "";
    // a finger would get a keyboard on the screen before it has asked for one
    search.toggleAttribute("data-begin", matchMedia("(hover: hover)").matches);
    show();
    search.addEventListener("input", show, options);
    search.addEventListener("keydown", intoItems, options);
    part("one-kinds").addEventListener("change", () => ((search.value = ""), show()), options);
    part("items").addEventListener("change", () => (part("one-done").disabled = false), options);
    part("one-done").addEventListener("click", (event) => {
      event.preventDefault();
      choose({
        kind: kind().name,
        value: chosen("item"),
        back: part("with-return").checked,
        keep: part("keep-place").checked,
      });
    }, options);
  });
}

/** Says that the session has ended; the only way on is to sign in again, back to this page. */
export function sessionEnded() {
  const dialog = part("session-ended");
  if (dialog.open) return;
  for (const other of document.querySelectorAll("dialog[open]")) other.close();
  const here = encodeURIComponent(location.pathname + location.search);
  part("sign-in-again").href = `/sign-in?next=${here}`;
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.showModal();
}

/** Folds a text for searching: small letters, and every kind of apostrophe away. */
export function fold(text) {
  return text.toLowerCase().replace(/[ʻʼ‘’'`´]/g, "");
}

/** Returns whether each typed word is somewhere in `words`, which are folded already. */
export function matches(words, typed) {
  return fold(typed).split(/\s+/).every((word) => words.includes(word));
}

/** Opens a dialog; `prepare(choose, options)` fills it, `choose(value)` answers and closes. */
function ask(dialog, prepare) {
  return new Promise((resolve) => {
    const leaving = new AbortController();
    const options = { signal: leaving.signal };
    let answer = null;
    prepare((value) => {
      answer = value;
      dialog.close();
    }, options);
    dialog.addEventListener("click", closeFromOutside, options);
    dialog.addEventListener("close", () => {
      leaving.abort();
      resolve(answer);
    }, options);
    dialog.showModal();
    dialog.querySelector("[data-begin]:not([hidden])")?.focus();
  });
}

/** Lets a dialog be closed by its cross, and by a touch beside it. */
export function closeFromOutside(event) {
  const dialog = event.currentTarget;
  if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
}

const chosen = (name) => document.querySelector(`dialog [name=${name}]:checked`)?.value;
const minutesChosen = () => Number(chosen("minutes")) || null;

/** Returns the keys of the ready reasons, each group under its heading. */
function reasonKeys(reasons, answer) {
  const ready = reasons.map((each) => (typeof each === "string" ? { text: each } : each));
  return ready.flatMap((each, place) => {
    const first = each.group && ready.findIndex(({ group }) => group === each.group) === place;
    const heading = element("h3", { class: "reasons__group small" }, each.group ?? "");
    return [...(first ? [heading] : []), reasonKey(each, place + 1, () => answer(each))];
  });
}

/** Tells a notice in the place of the reasons; only a second press counts. */
function warn(notice, goOn, options) {
  write(part("notice-text"), notice);
  part("reason-choice").hidden = true;
  part("reason-notice").hidden = false;
  part("notice-leave").focus();
  part("notice-go-on").addEventListener("click", goOn, options);
}

function reasonKey({ text, notice }, number, press) {
  return element(
    "button",
    {
      class: notice ? "key reason reason--warn" : "key reason",
      type: "button",
      "data-begin": number === 1,
      "data-figure": number,
      onclick: press,
    },
    number <= 9 && element("kbd", { class: "cap" }, String(number)),
    notice && icon("shield"),
    element("span", {}, text),
  );
}

function pressByFigure(event) {
  if (!/^[1-9]$/.test(event.key) || event.target.matches("#own-reason")) return;
  if (part("reason-choice").hidden) return;
  part("reasons").querySelector(`[data-figure="${event.key}"]`)?.click();
}

function ownReason(event, given) {
  event.preventDefault();
  const reason = part("own-reason").value.trim().slice(0, LONGEST_REASON);
  if (reason) given(reason);
  else part("own-reason").focus();
}

function kindChoice({ name, label }, place) {
  const checked = place === 0;
  const radio = element("input", { type: "radio", name: "kind", value: name, checked });
  return element("label", { class: "choice" }, radio, element("span", {}, label));
}

function showItems(items, typed, nothing) {
  const found = items.filter((item) => matches(item.words, typed));
  part("one-done").disabled = true;
  part("items").replaceChildren(...found.map(itemChoice));
  if (!found.length) part("items").append(element("p", { class: "soft items__none" }, nothing));
  part("items").scrollTop = 0;
}

function itemChoice({ value, name, hint }) {
  return element(
    "label",
    { class: "item" },
    element("input", { type: "radio", name: "item", value }),
    element("span", {}, name),
    element("span", { class: "small soft" }, hint ?? ""),
  );
}

/** From the search, down and Enter go to the first item that was found. */
function intoItems(event) {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  event.preventDefault();
  const first = part("items").querySelector("input");
  if (!first) return;
  first.checked = true;
  first.focus();
  part("one-done").disabled = false;
}
