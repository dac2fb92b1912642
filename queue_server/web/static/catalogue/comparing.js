/** The difference, in words: what each item was and what it becomes. */

import { element } from "../page.js";
import { inLanguage } from "./options.js";
import { gathered, wholeItem } from "./places.js";
import { LISTS, SECTIONS, fieldAt } from "./sections.js";

/** So many items are shown at once. */
const MOST = 200;

/** Returns the list of a difference; `nameOf(section, name)` says how an item is called. */
export function differenceList(changes, { say, languages, language, nameOf }) {
  const groups = gathered(changes);
  const shown = groups.slice(0, MOST).map((group) => itemOf(group));
  const more = groups.length - shown.length;
  return element(
    "div",
    { class: "diffs" },
    shown,
    more > 0 && element("p", { class: "soft" }, say("catalogue.n_more", { n: more })),
  );

  function itemOf(group) {
    const kind = wholeItem(group);
    const title = titleOf(group);
    return element(
      "section",
      { class: "diff" },
      element(
        "h3",
        {},
        element("span", { class: "diff__section soft" }, sectionTitle(group.section)),
        title && element("span", {}, title),
        kind && element("span", { class: `chip chip--${kind === "added" ? "good" : "bad"}` }, say(`catalogue.was_${kind}`)),
      ),
      kind ? null : element("dl", {}, group.rows.map((row) => rowOf(group.section, row))),
    );
  }

  function titleOf({ section, name, rows }) {
    if (name === null) return null;
    const item = rows.length === 1 && rows[0].path.length === 0 ? rows[0].after ?? rows[0].before : null;
    const text = inLanguage(item?.texts ?? (section === "documents" ? item : null), language) || nameOf(section, name);
    return [/^\d+$/.test(name) && !(section === "windows" || section === "halls") ? "" : name, text].filter(Boolean).join(" · ");
  }

  function rowOf(section, { path, before, after }) {
    return element(
      "div",
      { class: "diff__row" },
      element("dt", {}, fieldTitle(section, path, before)),
      element("dd", { class: "diff__before" }, element("span", { class: "unseen" }, `${say("catalogue.before")}: `), valueOf(before)),
      element("dd", { class: "diff__after" }, element("span", { class: "unseen" }, `${say("catalogue.after_change")}: `), valueOf(after)),
    );
  }

  function sectionTitle(section) {
    if (section in LISTS) return say(LISTS[section].title);
    const shown = SECTIONS.find(({ forms = [] }) => forms.some(({ table }) => table === section));
    return shown ? say(shown.title) : section;
  }

  function fieldTitle(section, path, before) {
    if (path.length === 0) return Array.isArray(before) ? say("catalogue.order") : say("catalogue.whole");
    const field = fieldAt(section, section === "documents" ? ["texts", ...path] : path);
    const last = path.at(-1);
    const where = last in languages ? languages[last] : dayName(last);
    const title = field ? say(field.label) : path[0];
    return where ? `${title} (${where})` : title;
  }

  function dayName(step) {
    const key = `catalogue.day_${step}`;
    const text = say(key);
    return text === key ? "" : text;
  }

  function valueOf(value) {
    if (value === null || value === undefined) return "—";
    if (typeof value === "boolean") return say(value ? "staff.yes" : "staff.no");
    if (Array.isArray(value)) return value.length === 0 ? "—" : value.map(valueOf).join(", ");
    if (typeof value !== "object") return String(value);
    if ("uz-Latn" in value) return inLanguage(value, language);
    if ("service" in value) return [value.service, ...(value.after?.length ? [`(← ${value.after.join(", ")})`] : [])].join(" ");
    return Object.entries(value).map(([name, each]) => `${dayName(name) || name}: ${valueOf(each)}`).join("; ");
  }
}
