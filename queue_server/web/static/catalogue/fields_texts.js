/** A text in five languages, side by side; Uzbek Cyrillic follows the Latin until it is written by hand. */

import { element, icon } from "../page.js";

const LATIN = "uz-Latn";
const CYRILLIC = "uz-Cyrl";
const KARAKALPAK = "kaa";

/** Makes the boxes of a text; `context.change(value, path)` is told of each language. */
export function texts(field, context) {
  const { say, languages, id } = context;
  const told = { ...context.value };
  const boxes = {};
  let before = told[LATIN] ?? "";

  function write(tag, text) {
    told[tag] = text;
    // a text that nobody wants any more is none, in all languages
    if (field.optional && Object.values(told).every((each) => !each)) context.change({}, []);
    else context.change(text, [tag]);
  }

  async function derive() {
    const latin = boxes[LATIN].value.trim();
    const [was, becomes] = await context.cyrillic([before, latin]);
    if (becomes !== undefined && (!told[CYRILLIC] || told[CYRILLIC] === was)) put(CYRILLIC, becomes);
    if (!told[KARAKALPAK] || told[KARAKALPAK] === before) put(KARAKALPAK, latin);
    before = latin;
  }

  function put(tag, text) {
    if (!(tag in boxes)) return;
    boxes[tag].value = text;
    write(tag, text);
  }

  async function again() {
    const [text] = await context.cyrillic([boxes[LATIN].value.trim()]);
    if (text !== undefined) put(CYRILLIC, text);
  }

  const cells = Object.entries(languages).map(([tag, name]) => {
    const box = element("textarea", {
      class: "box", id: `${id}-${tag}`, lang: tag, autocomplete: "off", maxlength: 2000,
      spellcheck: "true", rows: field.long ? 3 : 1,
      oninput: () => write(tag, box.value.replace(/\s+/g, " ").trim()),
      onchange: tag === LATIN ? derive : null,
    });
    box.value = told[tag] ?? "";
    boxes[tag] = box;
    const key = tag === CYRILLIC && element(
      "button",
      { class: "again", type: "button", title: say("catalogue.derive"), "aria-label": say("catalogue.derive"), onclick: again },
      icon("undo"),
    );
    return element(
      "div",
      { class: "tongue", "data-language": tag },
      element("label", { for: box.id, lang: tag }, name), key, box,
    );
  });
  return { group: element("div", { class: "texts" }, cells) };
}
