/** Makes the fields of a form from their description (sections.js). */

import { element, icon } from "../page.js";
import { chips, legs, numbers, words } from "./fields_lists.js";
import { headStart, ownHours, spans, timeBox, week } from "./fields_hours.js";
import { texts } from "./fields_texts.js";

const ICONS = [
  ..."family id-card car house briefcase stamp tap school hands archive inbox help".split(" "),
  ..."document ticket person people".split(" "),
];
/** What these icons of the kiosk look like here. */
const DRAWN = new Set(ICONS);

const KINDS = {
  line, number, choice, tick, date, time, texts, chips, words, numbers, legs, week, spans,
  icon: iconChoice,
  own_hours: ownHours,
  head_start: headStart,
};

/**
 * Returns a field's element. `context` has `value` (at the field's path), `change(value, path)`,
 * `options(source)`, `say`, `languages`, `isNew`, `id` (unique), `cyrillic(texts)`.
 */
export function makeField(field, context) {
  const { say } = context;
  const label = say(field.label);
  const made = KINDS[field.kind](field, { ...context, label });
  const hint = field.hint && element("p", { class: "entry__hint", id: `${context.id}-hint` }, say(field.hint));
  const fault = element("p", { class: "field__fault", id: `${context.id}-fault`, hidden: true });
  const classes = `entry entry--${field.kind}${field.short || made.small ? " entry--short" : ""}`;
  const properties = { class: classes, "data-field": field.path.join(".") };
  if (made.group) {
    const name = element("span", { class: "entry__label", id: `${context.id}-label` }, label, mark(field, say));
    return element(
      "div",
      { ...properties, role: "group", "aria-labelledby": `${context.id}-label` },
      name, hint, made.group, fault,
    );
  }
  made.control.id = context.id;
  if (hint) made.control.setAttribute("aria-describedby", hint.id);
  const name = element("label", { class: "entry__label", for: context.id }, label, mark(field, say));
  return element("div", properties, name, hint, made.beside ?? made.control, fault);
}

const mark = (field, say) =>
  field.optional && field.usual === undefined && element("span", { class: "entry__optional" }, say("catalogue.optional"));

/** Says what is wrong at a field, of a text in which language, or takes it away. */
export function showFault(entry, sentence, language) {
  const fault = entry.querySelector(".field__fault");
  fault.hidden = !sentence;
  fault.textContent = sentence ?? "";
  for (const wrong of entry.querySelectorAll("[aria-invalid]")) {
    wrong.removeAttribute("aria-invalid");
    wrong.removeAttribute("aria-errormessage");
  }
  if (!sentence) return;
  const box = language && entry.querySelector(`[data-language="${language}"] .box`);
  const control = box || entry.querySelector("input, select, textarea, button");
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-errormessage", fault.id);
}

const shut = (field, { isNew }) => Boolean(field.once) && !isNew;

function line(field, context) {
  const control = element("textarea", {
    class: "box", rows: 1, maxlength: 400, inputmode: field.type ?? "text",
    autocomplete: "off", readonly: shut(field, context),
    oninput: () => context.change(control.value.replace(/\s+/g, " ").trim()),
  });
  control.value = context.value ?? "";
  return { control };
}

function number(field, context) {
  const control = element("input", {
    class: "box figures", type: "number", inputmode: "decimal", min: field.least, max: field.most,
    step: field.step ?? 1, value: context.value ?? "", readonly: shut(field, context),
    placeholder: field.usual === undefined ? "" : String(field.usual),
    oninput: () => context.change(control.value === "" ? nothing(field) : Number(control.value)),
  });
  return { control, small: true };
}

/** A number that was taken out of a table leaves no key, of an item it is null. */
const nothing = (field) => (field.usual === undefined ? null : undefined);

function choice(field, context) {
  const choices = context.options(field.options);
  const known = choices.some(({ value }) => value === context.value);
  const shown = known ? choices : [{ value: context.value, text: context.value ? String(context.value) : "—" }, ...choices];
  const control = element(
    "select",
    {
      class: "box", disabled: shut(field, context),
      onchange: () => context.change(shown[control.selectedIndex].value),
    },
    shown.map(({ value, text, mark: sign, taken }) =>
      element(
        "option",
        { selected: value === context.value, disabled: Boolean(taken) && value !== context.value },
        sign ? `${sign} · ${text}` : text,
      ),
    ),
  );
  return { control, small: field.options === "prefixes" };
}

function tick(field, context) {
  const control = element("input", {
    type: "checkbox", checked: Boolean(context.value), class: "switch",
    onchange: () => context.change(control.checked),
  });
  return { control };
}

function date(field, context) {
  const control = element("input", {
    class: "box figures", type: "date", value: context.value ?? "", readonly: shut(field, context),
    onchange: () => context.change(control.value),
  });
  return { control, small: true };
}

function time(field, context) {
  const control = timeBox(context.value ?? field.usual, (value) => context.change(value || undefined));
  return { control, small: true };
}

function iconChoice(field, context) {
  const known = DRAWN.has(context.value) || !context.value ? ICONS : [context.value, ...ICONS];
  const keys = known.map((name) => {
    const input = element("input", {
      type: "radio", name: context.id, value: name, checked: name === context.value, "aria-label": name,
      onchange: () => context.change(name),
    });
    return element("label", { class: "pick" }, input, element("span", {}, DRAWN.has(name) ? icon(name) : name));
  });
  return { group: element("div", { class: "picks" }, keys) };
}
