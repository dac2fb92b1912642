/** The catalogue's page: edits gather in a draft, are checked and compared, and put in force at once. */

import { api, Refused } from "../api.js";
import { element, icon, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { applying } from "./applying.js";
import * as drafts from "./draft.js";
import { inWords } from "./fault_words.js";
import { forms, neighbour } from "./form.js";
import { importing } from "./importing.js";
import { called } from "./options.js";
import { overview } from "./overview.js";
import { address, meant, place, steps } from "./places.js";
import { LISTS, SECTIONS, SHOWN_IN, fieldAt } from "./sections.js";
import { yearPicture } from "./year.js";

const KEPT = "navbat-catalogue-draft";

const data = startingData();
const say = speaker(data.texts);
const { get, post } = api(data.csrf_token);
const part = (id) => document.getElementById(id);
const clock = serverClock(data.now, data.timezone);
const locale = data.language === "kaa" ? "uz-Latn" : data.language;
const dayWords = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const monthWords = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" });
const languages = Object.fromEntries(data.tongues.map(({ tag, name }) => [tag, name]));
const words = {
  say,
  language: data.language,
  languages,
  day: (date) => (date ? dayWords.format(new Date(`${date}T00:00:00Z`)) : ""),
};

let draft = null;
let open = { section: SECTIONS[0].id, key: null };
let found = { errors: [], orphans: [] };
let faulty = new Set();
let year = new Date(clock.now()).getUTCFullYear();
let lists = [];

const shop = {
  words,
  draft: () => draft,
  edit,
  faults: () => found.errors,
  isFaulty: (section, key) => faulty.has(`${section}|${key}`),
  open: () => open,
  add,
  remove: (section, key) => {
    change(drafts.remove(draft, section, key));
    location.hash = address(SHOWN_IN[section]);
  },
  shift,
  close: () => { location.hash = address(SHOWN_IN[open.section]); },
  cyrillic,
};
const draw = forms(shop);
const compare = applying({ part, words, post, nameOf, unsaved: () => draft.edits.length, onDone: reload, onFaults: told, onChanged: changedMeanwhile });
importing({ part, words, post, compare, version: () => draft?.version ?? 0 });

/* --- the draft ------------------------------------------------------------------------------- */

/** Takes the next draft from a field that the reader is in: the form stays as it is. */
function edit(next) {
  draft = next;
  keep();
  clearFaultsHere();
  drawSides();
}

/** Takes the next draft and draws everything anew. */
function change(next) {
  draft = next;
  keep();
  drawAll();
}

function keep() {
  if (draft.edits.length === 0) sessionStorage.removeItem(KEPT);
  else sessionStorage.setItem(KEPT, JSON.stringify(drafts.kept(draft)));
}

function add(section) {
  const list = LISTS[section];
  const key = drafts.newKey(draft);
  const texts = Object.fromEntries(Object.keys(languages).map((tag) => [tag, ""]));
  change(drafts.add(draft, section, key, { ...list.blank, texts }));
  location.hash = address(section, key);
}

function shift(section, key, step) {
  const items = drafts.tree(draft)[section];
  if (neighbour(items, key, step) === null) return;
  const keys = items.map((item) => item[drafts.KEY]);
  const at = keys.indexOf(key);
  [keys[at], keys[at + step]] = [keys[at + step], keys[at]];
  draft = drafts.order(draft, section, keys);
  keep();
  drawSides();
}

async function cyrillic(texts) {
  const query = texts.map((text) => `text=${encodeURIComponent(text)}`).join("&");
  const answer = await get(`/catalogue/cyrillic?${query}`).catch(() => ({ texts: [] }));
  return answer.texts;
}

/* --- what is wrong --------------------------------------------------------------------------- */

/** Takes the faults that a check has told. */
function told(errors, orphans = []) {
  found = { errors: errors.map((each) => inWords(each, words)), orphans: orphans.map((each) => inWords(each, words)) };
  marked();
  drawAll();
  part("faults").hidden = false;
  part("faults").focus();
}

function marked() {
  const whole = drafts.tree(draft);
  faulty = new Set(found.errors.map(({ field }) => {
    const { section, key } = place(field, whole);
    return `${section}|${key}`;
  }));
}

/** Forgets what was wrong with the item that is being edited: the next check tells again. */
function clearFaultsHere() {
  if (found.errors.length === 0 && found.orphans.length === 0) return;
  const whole = drafts.tree(draft);
  const mine = ({ field }) => {
    const { section, key } = place(field, whole);
    return open.key === null ? key === null && SHOWN_IN[section] === open.section : section === open.section && key === open.key;
  };
  found = { errors: found.errors.filter((each) => !mine(each)), orphans: [] };
  marked();
  drawFaults();
}

function drawFaults() {
  const all = [...found.errors, ...found.orphans];
  part("faults").hidden = all.length === 0;
  write(part("faults-title"), say("catalogue.n_faults", { n: all.length }));
  const whole = drafts.tree(draft);
  part("faults-list").replaceChildren(...all.map(({ field, sentence }) => {
    const at = place(field, whole);
    const where = whereOf(at, field);
    const section = at.section in SHOWN_IN ? at.section : null;
    const link = section && element("a", { href: address(at.key === null ? SHOWN_IN[section] : section, at.key), onclick: () => aimAt(at) }, where);
    return element("li", {}, link || element("b", {}, where), `: ${sentence}`);
  }));
}

function whereOf({ section, key, path }, field) {
  const title = section in LISTS ? say(LISTS[section].one) : section in SHOWN_IN ? say(SECTIONS.find(({ id }) => id === SHOWN_IN[section]).title) : section;
  const item = key === null ? null : drafts.find(drafts.tree(draft), section, key);
  const name = item ? Object.values(called(section, item, data.language)).filter(Boolean)[0] : section in LISTS ? steps(field)[1] : null;
  const shown = fieldAt(section, path);
  return [[title, name].filter(Boolean).join(" "), shown && say(shown.label)].filter(Boolean).join(" · ");
}

let aim = null;

function aimAt(at) {
  aim = at;
  // the same address draws nothing anew
  setTimeout(focusAim);
}

function focusAim() {
  if (!aim) return;
  const { section, key, path } = aim;
  const field = fieldAt(section, path);
  if (open.key !== key) return;
  const entry = field && document.querySelector(`.entry[data-section="${section}"][data-field="${field.path.join(".")}"]`);
  const target = entry?.querySelector(path[1] ? `[data-language="${path[1]}"] .box` : "input, select, textarea, button") ?? entry?.querySelector("input, select, textarea, button");
  (target ?? part("form-title"))?.focus();
  aim = null;
}

/* --- drawing --------------------------------------------------------------------------------- */

const current = () => SECTIONS.find(({ id }) => id === SHOWN_IN[open.section]);

function drawAll() {
  drawOverview();
  drawForm();
  drawSides();
}

/** Draws what stands beside the form: side list, rows, the draft's bar. */
function drawSides() {
  drawSections();
  for (const list of lists) list.draw();
  drawBar();
  drawFaults();
  if (current().year && part("year")) drawYear();
}

function drawSections() {
  const whole = drafts.tree(draft);
  for (const link of document.querySelectorAll("#sections a[data-section]")) {
    const { id, lists: shown, forms: own = [] } = SECTIONS.find((each) => each.id === link.dataset.section);
    const parts = [...shown.map(({ section }) => section), ...own.map(({ table }) => table)];
    const isBad = [...faulty].some((mark) => parts.includes(mark.split("|")[0]));
    const isChanged = draft.edits.some((each) => parts.includes(each.section));
    link.classList.toggle("is-faulty", isBad);
    link.classList.toggle("is-changed", isChanged && !isBad);
    const state = isBad ? say("catalogue.is_faulty") : isChanged ? say("catalogue.is_changed") : "";
    write(link.querySelector(".unseen"), state);
    write(link.querySelector(".sections__count"), own.length > 0 || shown.length === 0 ? "" : String(whole[shown[0].section].length));
    if (id === current().id) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function drawOverview() {
  const section = current();
  const root = part("overview");
  lists = section.lists.map((list) => overview(list, shop));
  const own = (section.forms ?? []).map((form) => draw.ofTable(form));
  const picture = section.year ? [element("div", { id: "year" })] : [];
  root.replaceChildren(element("h1", { class: "unseen" }, say(section.title)), ...own, ...picture, ...lists.map((list) => list.root));
  if (section.year) drawYear();
  draw.showFaults(root);
}

function drawYear() {
  const focused = document.activeElement?.dataset?.date;
  const whole = drafts.tree(draft);
  const months = Array.from({ length: 12 }, (_, month) => monthWords.format(new Date(Date.UTC(2026, month, 1))));
  const reason = (date) => [...whole.holidays, ...whole.surges].find((each) => each.date === date);
  const titleOf = (date, kind) => {
    const item = reason(date);
    return [words.day(date), say(`catalogue.is_${kind}`), item && (item.texts[data.language] || item.texts["uz-Latn"])].filter(Boolean).join(" · ");
  };
  part("year").replaceChildren(yearPicture({ year, whole, say, months, press: pressDay, turn: (to) => { year = to; drawYear(); }, titleOf }));
  if (focused) document.querySelector(`[data-date="${focused}"]`)?.focus();
}

function pressDay(date, kind) {
  const section = kind === "surge" ? "surges" : "holidays";
  const item = drafts.tree(draft)[section].find((each) => each.date === date);
  if (item) {
    location.hash = address(section, item[drafts.KEY]);
    return;
  }
  const key = drafts.newKey(draft);
  const texts = Object.fromEntries(Object.keys(languages).map((tag) => [tag, ""]));
  change(drafts.add(draft, "holidays", key, { date, texts }));
  location.hash = address("holidays", key);
}

function drawForm() {
  const root = part("form");
  const made = open.key === null || !(open.section in LISTS) ? null : draw.ofItem(open.section, open.key);
  root.replaceChildren(...(made ? [made] : []));
  part("desk").classList.toggle("desk--split", made !== null);
  if (made) draw.showFaults(root);
}

function drawBar() {
  const n = draft.edits.length;
  part("draft").hidden = n === 0;
  document.body.classList.toggle("has-draft", n > 0);
  write(part("draft-count"), say("catalogue.n_changes", { n }));
  part("undo").disabled = draft.past.length === 0;
}

/* --- to and fro ------------------------------------------------------------------------------ */

function go() {
  const before = open;
  open = meant(location.hash, Object.keys(SHOWN_IN));
  if (before.section !== open.section && SHOWN_IN[before.section] !== SHOWN_IN[open.section]) drawOverview();
  drawForm();
  drawSides();
  if (aim) focusAim();
  else if (open.key !== null) part("form-title")?.focus();
  else if (before.key !== null) document.querySelector(`a[href="${CSS.escape(address(before.section, before.key))}"]`)?.focus();
}

function nameOf(section, name) {
  const both = [drafts.tree(draft)[section] ?? [], draft.base[section] ?? []].flat();
  const item = both.find((each) => String(each[drafts.NAMED_BY[section]]) === name);
  return item ? called(section, item, data.language).text : "";
}

async function changedMeanwhile() {
  const fresh = await get("/catalogue/document");
  part("stale").hidden = false;
  part("stale").focus();
  part("reapply").onclick = () => {
    const { draft: next, lost } = drafts.moved(draft.edits, fresh);
    part("stale").hidden = true;
    found = { errors: [], orphans: [] };
    marked();
    change(next);
    if (lost.length > 0) say_(say("catalogue.n_lost", { n: lost.length }));
  };
  part("drop").onclick = () => {
    part("stale").hidden = true;
    change(drafts.fresh(fresh));
  };
}

function say_(text) {
  write(part("toast"), text);
  part("toast").classList.add("toast--shown");
  setTimeout(() => part("toast").classList.remove("toast--shown"), 6000);
}

async function reload({ version }) {
  draft = drafts.fresh(await get("/catalogue/document"));
  found = { errors: [], orphans: [] };
  faulty = new Set();
  keep();
  open = meant(location.hash, Object.keys(SHOWN_IN));
  if (open.key !== null && !drafts.find(drafts.tree(draft), open.section, open.key)) location.hash = address(SHOWN_IN[open.section]);
  drawAll();
  write(part("version"), say("catalogue.version", { n: draft.version }));
  if (version) say_(say("catalogue.applied", { n: version }));
}

async function start() {
  const fresh = await get("/catalogue/document");
  const stored = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  draft = drafts.fresh(fresh);
  if (stored) {
    const { draft: restored } = drafts.moved(stored.edits, fresh);
    draft = restored;
  }
  write(part("version"), say("catalogue.version", { n: fresh.version }));
  open = meant(location.hash, Object.keys(SHOWN_IN));
  part("desk").hidden = false;
  drawAll();
  if (stored && stored.version !== fresh.version) {
    draft = { ...draft, edits: stored.edits };
    await changedMeanwhile();
  }
}

part("sections").append(...SECTIONS.map(({ id, icon: picture, title }) =>
  element("li", {}, element(
    "a",
    { class: "sections__one", href: address(id), "data-section": id },
    icon(picture), element("span", { class: "sections__name" }, say(title)),
    element("span", { class: "sections__count figures" }), element("span", { class: "unseen" }),
  )),
));
part("undo").onclick = () => change(drafts.undo(draft));
part("discard").onclick = () => {
  found = { errors: [], orphans: [] };
  faulty = new Set();
  change(drafts.discard(draft));
};
part("show").onclick = () => compare.check({ document: drafts.document(draft) }, draft.version);
addEventListener("hashchange", go);
start().catch((error) => {
  part("banner").hidden = false;
  write(part("banner-text"), error instanceof Refused ? say(`error.${error.code}`) : say("staff.connection_lost"));
});
