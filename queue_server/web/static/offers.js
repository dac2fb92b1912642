/** What the center offers, as lists to choose from, and how its pages tell languages and days. */

import { fold } from "./questions.js";

/** Returns the services as items; any name in any language finds them, and so does the code. */
export function serviceItems(data) {
  return data.services.map(({ id, name, names }) => ({
    value: id,
    name,
    hint: id,
    words: fold([id, ...names].join(" ")),
  }));
}

/** Returns the windows as items, each with who works there. */
export function windowItems(data, say) {
  return data.windows.map(({ number }) => {
    const name = say("staff.window_number", { n: number });
    const here = data.clerks.filter((clerk) => clerk.window === number);
    const hint = here.map((clerk) => clerk.name).join(", ");
    return { value: number, name, hint, words: fold(`${number} ${name} ${hint}`) };
  });
}

/** Returns the clerks as items, each with the own window. */
export function clerkItems(data, say) {
  return data.clerks.map(({ login, name, window }) => {
    const hint = window ? say("staff.window_number", { n: window }) : "";
    return { value: login, name, hint, words: fold(`${login} ${name} ${hint}`) };
  });
}

/** Returns the three places that a ticket can be sent to, for askOne. */
export function placeKinds(data, say) {
  return [
    { name: "to_service", label: say("staff.to_service"), items: serviceItems(data) },
    { name: "to_window", label: say("staff.to_window"), items: windowItems(data, say) },
    { name: "to_clerk", label: say("staff.to_clerk"), items: clerkItems(data, say) },
  ];
}

/** Returns a transfer's fields for the answer to askOne. */
export function transferTo({ kind, value, back }) {
  return { [kind]: kind === "to_window" ? Number(value) : value, with_return: back };
}

/** How a language is told in two letters, in its own script. */
const TONGUES = { "uz-Latn": "UZ", "uz-Cyrl": "ЎЗ", ru: "RU", kaa: "QQ", en: "EN" };

/** Returns a language in two letters, for lists where its name has no room. */
export function tongue(language) {
  return TONGUES[language] ?? language ?? "";
}

/** Returns day(ms): a day of the center, as 23.11. */
export function dayTeller(timezone) {
  const form = new Intl.DateTimeFormat("ru", { day: "2-digit", month: "2-digit", timeZone: timezone });
  return (at) => form.format(at);
}
