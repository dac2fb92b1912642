/** Where a fault or a difference belongs in the forms: pure functions on the server's keys. */

import { KEY, isList } from "./draft.js";

/** One step of a key: the first name, a place in brackets, or a name after a dot. */
const STEP = /^([^.[\]]+)|\[([^\]]*)\]|\.([^.[\]]+)/g;

/** Returns the steps of `services[3].texts.ru`: ["services", "3", "texts", "ru"]. */
export function steps(key) {
  return Array.from(key.matchAll(STEP), (found) => found[1] ?? found[2] ?? found[3]);
}

/**
 * Returns where a fault of a draft's tree stands: {section, key, path}. The server counts items
 * (`services[3]`), the forms know their keys; what vanishes is named (`services[A01]`).
 */
export function place(fault, whole) {
  const [section, ...rest] = steps(fault);
  if (!isList(section)) return { section, key: null, path: rest };
  const [which, ...path] = rest;
  if (which === undefined) return { section, key: null, path: [] };
  return { section, key: keyOf(whole, section, which), path };
}

function keyOf(whole, section, which) {
  if (section === "documents") return whole.documents.find(({ id }) => id === which)?.[KEY] ?? null;
  return whole[section]?.[Number(which)]?.[KEY] ?? null;
}

/** Returns the differences of one item together: [{section, name, rows: [{path, before, after}]}]. */
export function gathered(changes) {
  const found = new Map();
  for (const { path, before, after } of changes) {
    const [section, ...rest] = steps(path);
    const name = isList(section) && rest.length > 0 ? rest.shift() : null;
    const id = `${section}/${name}`;
    if (!found.has(id)) found.set(id, { section, name, rows: [] });
    found.get(id).rows.push({ path: rest, before, after });
  }
  return [...found.values()];
}

/** Returns whether a row of a difference is a whole item, and which way: "added", "removed" or null. */
export function wholeItem({ name, rows }) {
  if (name === null || rows.length !== 1 || rows[0].path.length > 0) return null;
  if (rows[0].before == null) return "added";
  return rows[0].after == null ? "removed" : null;
}

/** Returns the address of a form: `#services/A01`. */
export const address = (section, key) =>
  `#${[section, key].filter((part) => part != null).map(encodeURIComponent).join("/")}`;

/** Returns what an address means: {section, key}; an unknown one is the first section. */
export function meant(hash, sections) {
  const [section, key = null] = hash.replace(/^#/, "").split("/").map(decodeURIComponent);
  return sections.includes(section) ? { section, key } : { section: sections[0], key: null };
}
