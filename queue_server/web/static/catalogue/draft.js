/**
 * The draft: what is to be changed in the catalogue, as a list of edits over the version in force.
 * Pure functions. An item is known by a key that stays while its fields are edited.
 */

/** Section → the field that names its items. */
export const NAMED_BY = {
  groups: "prefix",
  services: "id",
  windows: "number",
  categories: "id",
  events: "id",
  places: "id",
  notices: "id",
  points: "id",
  halls: "number",
  holidays: "date",
  surges: "date",
  duties: "window",
  documents: "id",
};
/** Sections of items without a name: known by what they say. */
const UNNAMED = ["not_required", "facilities", "closures"];
/** Under this name an item carries its key; the server never sees it. */
export const KEY = "#";

/** Whether a section is a list of items. */
export const isList = (section) => section in NAMED_BY || UNNAMED.includes(section);

/** Returns a draft without edits on a version of the catalogue. */
export function fresh({ version, document }) {
  return { version, base: keyed(document), edits: [], past: [] };
}

/** Returns the draft with a field set; `path` leads from the item (or section) to the field. */
export function set(draft, section, key, path, value) {
  const inside = (edit) =>
    edit.do === "set" && edit.section === section && edit.key === key && starts(edit.path, path);
  const edits = draft.edits.filter((edit) => !inside(edit));
  const before = apply(draft.base, edits).tree;
  const kept = same(reach(before, section, key, path), value);
  const next = kept ? edits : [...edits, { do: "set", section, key, path, value }];
  // typing in one field is one step
  return grown(draft, next, [section, key, ...path].join("/"));
}

/** Returns the draft with a new item at the end of a section, or after another one. */
export function add(draft, section, key, item, after = null) {
  return grown(draft, [...draft.edits, { do: "add", section, key, item, after }]);
}

/** Returns the draft without an item; what named it is taken out with it. */
export function remove(draft, section, key) {
  const own = (edit) => edit.section === section && edit.key === key;
  const isNew = draft.edits.some((edit) => own(edit) && edit.do === "add");
  const item = find(tree(draft), section, key);
  const without = grown(draft, draft.edits.filter((edit) => !own(edit)));
  const gone = isNew
    ? without
    : grown(without, [...without.edits, { do: "remove", section, key }]);
  return { ...forgotten(gone, section, item), past: [...draft.past, draft.edits], step: null };
}

/** Returns the draft with a section's items in this order of keys. */
export function order(draft, section, keys) {
  const others = draft.edits.filter((edit) => !(edit.do === "order" && edit.section === section));
  const before = apply(draft.base, others).tree[section].map((item) => item[KEY]);
  const kept = same(before, keys);
  return grown(draft, kept ? others : [...others, { do: "order", section, keys }]);
}

/** Returns the draft as it was before its last step. */
export function undo(draft) {
  if (draft.past.length === 0) return draft;
  return { ...draft, edits: draft.past.at(-1), past: draft.past.slice(0, -1), step: null };
}

/** Returns the draft without any edit. */
export function discard(draft) {
  return grown(draft, []);
}

/** Returns the edits on another version, and those that have lost what they were about. */
export function moved(edits, current) {
  const draft = fresh(current);
  const { lost } = apply(draft.base, edits);
  const kept = edits.filter((edit) => !lost.includes(edit));
  return { draft: { ...draft, edits: kept }, lost };
}

/** Returns what is kept of a draft over a reload. */
export const kept = ({ version, edits }) => ({ version, edits });

const trees = new WeakMap();

/** Returns the catalogue as the draft leaves it, items with their keys. */
export function tree(draft) {
  if (!trees.has(draft)) trees.set(draft, apply(draft.base, draft.edits).tree);
  return trees.get(draft);
}

/** Returns the catalogue as the draft leaves it, as the server reads it. */
export function document(draft) {
  const { documents, ...sections } = tree(draft);
  const plain = Object.entries(sections).map(([section, value]) => [section, bare(section, value)]);
  const texts = documents.map(({ id, texts }) => [id, texts]);
  return Object.fromEntries([...plain, ["documents", Object.fromEntries(texts)]]);
}

/** Returns an item of a section, or undefined. */
export const find = (whole, section, key) => whole[section].find((item) => item[KEY] === key);

/** Whether the draft has anything to say of an item, or of a section's own fields (key null). */
export const touches = (draft, section, key) =>
  draft.edits.some((edit) => edit.section === section && edit.key === key);

/** Whether an item is new in this draft. */
export const isNew = (draft, section, key) =>
  draft.edits.some((edit) => edit.do === "add" && edit.section === section && edit.key === key);

/** Returns a key for a new item that no edit has. */
export function newKey(draft) {
  const taken = new Set(draft.edits.map((edit) => edit.key));
  let number = draft.edits.length + 1;
  while (taken.has(`new-${number}`)) number += 1;
  return `new-${number}`;
}

/** Returns what stands at a path of an item, or of a section's own fields. */
export function reach(whole, section, key, path) {
  const start = key === null ? whole[section] : find(whole, section, key);
  return path.reduce((value, step) => value?.[step], start);
}

/** Whether two values say the same; what is not there says as much as null. */
export function same(one, other) {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

function grown(draft, edits, step = null) {
  const past = step !== null && step === draft.step ? draft.past : [...draft.past, draft.edits];
  return { ...draft, edits, past, step };
}

const starts = (path, beginning) => beginning.every((step, place) => path[place] === step);

function keyed(document) {
  const documents = Object.entries(document.documents).map(([id, texts]) => ({ id, texts }));
  const sections = { ...document, documents };
  const marked = Object.entries(sections).map(([section, value]) => [
    section,
    isList(section) ? value.map((item) => ({ ...item, [KEY]: keyOf(section, item) })) : value,
  ]);
  return Object.fromEntries(marked);
}

const keyOf = (section, item) =>
  section in NAMED_BY ? String(item[NAMED_BY[section]]) : JSON.stringify(item);

function bare(section, value) {
  if (!isList(section)) return value;
  return value.map((item) => Object.fromEntries(Object.entries(item).filter(([name]) => name !== KEY)));
}

/** Applies edits in order; those that find nothing to change are `lost`. */
function apply(base, edits) {
  const lost = [];
  const whole = edits.reduce((before, edit) => {
    const after = DOES[edit.do](before, edit);
    if (after === null) lost.push(edit);
    return after ?? before;
  }, base);
  return { tree: whole, lost };
}

const DOES = {
  set(whole, { section, key, path, value }) {
    if (key === null) return { ...whole, [section]: put(whole[section], path, value) };
    if (!find(whole, section, key)) return null;
    const change = (item) => (item[KEY] === key ? put(item, path, value) : item);
    return { ...whole, [section]: whole[section].map(change) };
  },
  add(whole, { section, key, item, after }) {
    const items = whole[section];
    const place = items.findIndex((each) => each[KEY] === after);
    const at = place < 0 ? items.length : place + 1;
    const added = { ...item, [KEY]: key };
    return { ...whole, [section]: [...items.slice(0, at), added, ...items.slice(at)] };
  },
  remove(whole, { section, key }) {
    if (!find(whole, section, key)) return null;
    return { ...whole, [section]: whole[section].filter((item) => item[KEY] !== key) };
  },
  order(whole, { section, keys }) {
    const rank = new Map(keys.map((key, place) => [key, place]));
    const place = (item) => rank.get(item[KEY]) ?? keys.length;
    return { ...whole, [section]: [...whole[section]].sort((a, b) => place(a) - place(b)) };
  },
};

function put(value, [step, ...rest], last) {
  const inner = rest.length === 0 ? last : put(value?.[step] ?? {}, rest, last);
  if (Array.isArray(value)) return value.map((each, place) => (String(place) === String(step) ? inner : each));
  const copy = { ...value, [step]: inner };
  // what is taken out of hours, rules or appointments leaves no key: the house's own value holds
  if (inner === undefined) delete copy[step];
  return copy;
}

/** Takes a removed service, group, window or document out of the lists that name it. */
function forgotten(draft, section, item) {
  const name = item?.[NAMED_BY[section]];
  const lists = {
    services: [["windows", "services"], ["windows", "helps"]],
    groups: [["windows", "groups"], ["windows", "helps"]],
    documents: [["services", "documents"]],
  }[section] ?? [];
  const unlisted = lists.reduce((before, [where, field]) => unnamed(before, where, field, name), draft);
  const about = {
    services: [["closures", "service"]],
    groups: [["closures", "group"]],
    windows: [["duties", "window"], ["places", "window"]],
  }[section] ?? [];
  return about.reduce((before, [where, field]) => dropped(before, where, field, name), unlisted);
}

function unnamed(draft, section, field, name) {
  return tree(draft)[section].reduce((before, item) => {
    if (!item[field].includes(name)) return before;
    return set(before, section, item[KEY], [field], item[field].filter((each) => each !== name));
  }, draft);
}

function dropped(draft, section, field, name) {
  const gone = tree(draft)[section].filter((item) => item[field] === name);
  return gone.reduce((before, item) => remove(before, section, item[KEY]), draft);
}
