/** The catalogue's page: edits gather in a draft, are checked and compared, and put in force at once. */

import { api, Refused } from "../api.js";
import { element, icon, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { applying } from "./applying.js";
import * as drafts from "./draft.js";
import { faultList } from "./faults.js";
import { forms, neighbour } from "./form.js";
import { importing } from "./importing.js";
import { called } from "./options.js";
import { overview } from "./overview.js";
import { address, meant } from "./places.js";
import { LISTS, SECTIONS, SHOWN_IN } from "./sections.js";
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
let year = new Date(clock.now()).getUTCFullYear();
let lists = [];

const shop = {
  words,
  draft: () => draft,
  edit,
  faults: () => faults.errors(),
  isFaulty: (section, key) => faults.isFaulty(section, key),
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
const faults = faultList({ part, words, draft: () => draft, open: () => open });
const draw = forms(shop);
const compare = applying({ part, words, post, nameOf, unsaved: () => draft.edits.length, onDone: reload, onFaults: told, onChanged: changedMeanwhile });
importing({ part, words, compare, version: () => draft?.version ?? 0 });

/* --- the draft ------------------------------------------------------------------------------- */

/** Takes the next draft from a field that the reader is in: the form stays as it is. */
function edit(next) {
  draft = next;
  keep();
  faults.forgetHere();
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
  const texts = "texts" in list.blank ? { texts: noTexts() } : {};
  change(drafts.add(draft, section, key, { ...list.blank, ...texts }));
  location.hash = address(section, key);
}

const noTexts = () => Object.fromEntries(Object.keys(languages).map((tag) => [tag, ""]));

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

/** Takes the faults that a check has told, and leads the reader to them. */
function told(errors, orphans) {
  faults.take(errors, orphans);
  drawAll();
  part("faults").focus();
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
  faults.draw();
  if (current().year && part("year")) drawYear();
}

function drawSections() {
  const whole = drafts.tree(draft);
  for (const link of document.querySelectorAll("#sections a[data-section]")) {
    const { id, lists: shown, forms: own = [] } = SECTIONS.find((each) => each.id === link.dataset.section);
    const parts = [...shown.map(({ section }) => section), ...own.map(({ table }) => table)];
    const isBad = faults.isFaultySection(parts);
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
  change(drafts.add(draft, "holidays", key, { date, texts: noTexts() }));
  location.hash = address("holidays", key);
}

function drawForm() {
  const root = part("form");
  const made = open.key === null || !(open.section in LISTS) ? null : draw.ofItem(open.section, open.key);
  root.replaceChildren(...(made ? [made] : []));
  part("desk").classList.toggle("desk--split", made !== null);
  document.body.classList.toggle("has-form", made !== null);
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
  if (faults.reach()) return;
  if (open.key !== null) part("form-title")?.focus();
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
    change(next);
    faults.clear();
    drawAll();
    if (lost.length > 0) announce(say("catalogue.n_lost", { n: lost.length }));
  };
  part("drop").onclick = () => {
    part("stale").hidden = true;
    change(drafts.fresh(fresh));
  };
}

function announce(text) {
  write(part("toast"), text);
  part("toast").classList.add("toast--shown");
  setTimeout(() => part("toast").classList.remove("toast--shown"), 6000);
}

async function reload({ version }) {
  draft = drafts.fresh(await get("/catalogue/document"));
  faults.clear();
  keep();
  open = meant(location.hash, Object.keys(SHOWN_IN));
  if (open.key !== null && !drafts.find(drafts.tree(draft), open.section, open.key)) location.hash = address(SHOWN_IN[open.section]);
  drawAll();
  write(part("version"), say("catalogue.version", { n: draft.version }));
  if (version) announce(say("catalogue.applied", { n: version }));
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
  faults.clear();
  change(drafts.discard(draft));
};
part("show").onclick = () => compare.check({ document: drafts.document(draft) }, draft.version);
addEventListener("hashchange", go);
start().catch((error) => {
  part("banner").hidden = false;
  write(part("banner-text"), error instanceof Refused ? say(`error.${error.code}`) : say("staff.connection_lost"));
});
