/** Draws the form of an item, or of a section's own table, from its description. */

import { element, icon } from "../page.js";
import { KEY, find, isNew, reach, set, tree } from "./draft.js";
import { makeField, showFault } from "./fields.js";
import { called, chooser } from "./options.js";
import { place } from "./places.js";
import { LISTS, fieldAt } from "./sections.js";

/**
 * Returns the drawing of forms. `shop` has `draft()`, `edit(draft, quiet)`, `faults()`, `words`
 * ({say, language, languages}), `cyrillic(texts)`, and what the keys of an item do.
 */
export function forms(shop) {
  const { say, language } = shop.words;

  /** Returns the form of an item; null where there is none. */
  function ofItem(section, key) {
    const list = LISTS[section];
    const item = find(tree(shop.draft()), section, key);
    if (!item) return null;
    const { name, text } = called(section, item, language);
    const title = element("h2", { id: "form-title", tabindex: -1 }, name && section !== "not_required" ? element("b", { class: "form__name" }, name) : null, text || say(list.one));
    const body = list.parts.map((part) => partOf(part, section, key));
    return element(
      "article",
      { class: "form card", "aria-labelledby": "form-title" },
      element("header", { class: "form__head" }, title, roundKey("dismiss", say("catalogue.close"), shop.close)),
      element("p", { class: "field__fault form__fault", hidden: true }),
      ...body,
      element(
        "footer",
        { class: "form__end" },
        list.ordered && roundKey("up", say("catalogue.up"), () => shop.shift(section, key, -1)),
        list.ordered && roundKey("down", say("catalogue.down"), () => shop.shift(section, key, 1)),
        element(
          "button",
          { class: "key key--bad form__remove", type: "button", onclick: () => shop.remove(section, key) },
          icon("dismiss"), say("catalogue.remove"),
        ),
      ),
    );
  }

  /** Returns the form of one of a section's own tables. */
  const ofTable = (form) =>
    element("article", { class: "form card" }, partOf({ ...form, level: "h2" }, form.table, null));

  function partOf({ title, fields, level = "h3" }, section, key) {
    const head = title && element(level, { class: "part__title" }, say(title));
    return element("section", { class: "part" }, head, element("div", { class: "entries" }, fields.map((field) => entry(field, section, key))));
  }

  function entry(field, section, key) {
    const whole = tree(shop.draft());
    const here = key === null ? whole[section] : find(whole, section, key);
    const own = section === "services" && here.id ? [here.id] : [];
    const id = ["f", section, ...(key === null ? [] : [key]), ...field.path].join("-").replace(/[^\w-]/g, "_");
    const made = makeField(field, {
      id,
      say,
      languages: shop.words.languages,
      value: reach(whole, section, key, field.path),
      isNew: key !== null && isNew(shop.draft(), section, key),
      before: own,
      options: (source) => chooser(tree(shop.draft()), shop.words)(source),
      cyrillic: shop.cyrillic,
      change: (value, path = []) => {
        shop.edit(set(shop.draft(), section, key, [...field.path, ...path], value));
        showFault(made, null);
      },
    });
    made.dataset.section = section;
    made.dataset.key = key ?? "";
    return made;
  }

  /** Says at each field on the page what is wrong there. */
  function showFaults(root) {
    const told = new Map();
    for (const fault of shop.faults()) {
      const { section, key, path } = place(fault.field, tree(shop.draft()));
      const field = fieldAt(section, path);
      const id = [section, key ?? "", field ? field.path.join(".") : ""].join("|");
      if (!told.has(id)) told.set(id, [fault.sentence, path[field?.path.length]]);
    }
    for (const made of root.querySelectorAll(".entry")) {
      const { section, key, field } = made.dataset;
      showFault(made, ...(told.get([section, key, field].join("|")) ?? []));
    }
    const form = root.querySelector(".form__fault");
    const open = shop.open();
    if (!form || !open.key) return;
    const [whole] = told.get([open.section, open.key, ""].join("|")) ?? [];
    form.hidden = !whole;
    form.textContent = whole ?? "";
  }

  return { ofItem, ofTable, showFaults };
}

function roundKey(picture, label, press) {
  return element(
    "button",
    { class: "round", type: "button", "aria-label": label, title: label, onclick: press },
    icon(picture),
  );
}

/** Returns the item's key that stands so many places away, or null. */
export function neighbour(items, key, step) {
  const at = items.findIndex((item) => item[KEY] === key) + step;
  return items[at]?.[KEY] ?? null;
}
