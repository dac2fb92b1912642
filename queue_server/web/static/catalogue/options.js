/** What a field may choose from, and how items are called: pure functions of the catalogue. */

import { KEY, NAMED_BY } from "./draft.js";

/** Letters that look and sound alike in Latin and Cyrillic: a group has one of them. */
const PREFIXES = [..."AEFGJKLMRTUV"];
const FLAGS = [
  "online", "no-window", "biometric", "kiosk-info", "post", "composite", "composite-part", "extraterritorial",
  "partner", "proactive", "proactive-candidate", "quiet", "seasonal",
];
const FREQUENT = new Set(FLAGS);

/** Returns a text in a language, else in the center's first one. */
export const inLanguage = (texts, language) => texts?.[language] || texts?.["uz-Latn"] || "";

/** Returns how an item is called: its name and its text. */
export function called(section, item, language) {
  const name = item[NAMED_BY[section]];
  const text = inLanguage(item.texts, language) || item.label || "";
  return { name: name == null ? "" : String(name), text };
}

/** Returns options(source): [{value, text}] of what a field may choose from. */
export function chooser(whole, { language, say, languages }) {
  const named = (section) =>
    whole[section].map((item) => {
      const { name, text } = called(section, item, language);
      return { value: item[NAMED_BY[section]], mark: name, text };
    });
  const worded = (values, key) => values.map((value) => ({ value, text: say(`${key}${value}`.replaceAll("-", "_")) }));
  const sources = {
    groups: () => named("groups"),
    services: () => named("services"),
    groups_and_services: () => [...named("groups"), ...named("services")],
    documents: () => named("documents").map(({ value, text }) => ({ value, text })),
    prefixes: () => {
      const taken = new Set(whole.groups.map(({ prefix }) => prefix));
      return PREFIXES.map((value) => ({ value, text: value, taken: taken.has(value) }));
    },
    halls: () => hallNumbers(whole).map((value) => ({ value, text: hallName(whole, value, language, say) })),
    lunches: () => [
      { value: 0, text: say("catalogue.o_no_lunch") },
      ...(whole.hours.lunch ?? []).map((span, place) => ({ value: place + 1, text: `${place + 1} · ${span.join("–")}` })),
    ],
    languages: () => whole.center.languages.map((value) => ({ value, text: languages[value] ?? value })),
    all_languages: () => Object.entries(languages).map(([value, text]) => ({ value, text })),
    skills: () => [{ value: "sign_language", text: say("staff.sign_language") }],
    flags: () => {
      const others = new Set(whole.services.flatMap(({ flags }) => flags).filter((flag) => !FREQUENT.has(flag)));
      return [...worded(FLAGS, "catalogue.flag_"), ...[...others].map((value) => ({ value, text: value }))];
    },
    confirms: () => worded(["none", "clerk", "reception"], "catalogue.confirm_"),
    bookable: () => [
      { value: null, text: say("catalogue.o_bookable_auto") },
      { value: true, text: say("staff.yes") },
      { value: false, text: say("staff.no") },
    ],
  };
  return (source) => sources[source]();
}

/** Returns the numbers of all halls that are named, or that a window stands in. */
export function hallNumbers(whole) {
  const numbers = [...whole.halls.map(({ number }) => number), ...whole.windows.map(({ hall }) => hall)];
  return [...new Set(numbers)].filter((number) => number != null).sort((one, other) => one - other);
}

function hallName(whole, number, language, say) {
  const hall = whole.halls.find((each) => each.number === number);
  return hall ? `${number} · ${inLanguage(hall.texts, language)}` : say("devices.hall", { n: number });
}

/** Returns the items of a list that a search finds, gathered under headings. */
export function listed(whole, { section, grouped, dated }, search, language) {
  const wanted = folded(search);
  const found = whole[section].filter((item) => {
    const { name, text } = called(section, item, language);
    return wanted === "" || folded(`${name} ${text} ${(item.search ?? []).join(" ")}`).includes(wanted);
  });
  if (dated) return [{ id: "", title: "", items: [...found].sort((a, b) => (a.date < b.date ? -1 : 1)) }];
  if (!grouped) return [{ id: "", title: "", items: found }];
  const known = whole.groups.map((group) => ({
    id: `group ${group[KEY]}`,
    title: `${group.prefix} · ${inLanguage(group.texts, language)}`,
    items: found.filter((item) => item.group === group.prefix),
  }));
  const prefixes = new Set(whole.groups.map(({ prefix }) => prefix));
  const others = { id: "others", title: "—", items: found.filter((item) => !prefixes.has(item.group)) };
  return [...known, others].filter(({ items }) => items.length > 0);
}

/** Returns a text for comparing: no case, all apostrophes alike. */
export const folded = (text) => text.toLowerCase().replace(/[ʻʼ'`‘’]/g, "'").trim();
