/** What the people's page shows of its list: pure functions of plain data. */

import { fold, matches } from "../questions.js";

/** Views of the list by name: who belongs in each. */
export const VIEWS = {
  everybody: () => true,
  now_in: ({ sessions }) => sessions > 0,
  now_out: ({ disabled }) => disabled,
};

/** Returns how many people each view has. */
export function counts(people) {
  return Object.fromEntries(
    Object.entries(VIEWS).map(([name, holds]) => [name, people.filter(holds).length]),
  );
}

/** A second clerk stands before the tenth. */
const byLogin = new Intl.Collator("en", { numeric: true });

/** Returns who is shown: of this view, with each typed word in the name, the login or the role. */
export function shown(people, { view, typed, roleName }) {
  return people
    .slice()
    .sort((one, other) => byLogin.compare(one.login, other.login))
    .filter(VIEWS[view])
    .filter(({ name, login, role }) => matches(fold(`${name} ${login} ${roleName(role)}`), typed.trim()));
}

/** Returns the one or two letters that stand for a person's name. */
export function letters(name) {
  const words = name.trim().split(/\s+/);
  const first = words.length > 1 ? [words[0], words.at(-1)] : words;
  return first.map((word) => Array.from(word)[0] ?? "").join("").toUpperCase();
}

/** Returns the marks of a person's state, the most telling first: [key of the text, tone, icon]. */
export function states(person) {
  return [
    person.disabled && ["disabled", "bad", "lock"],
    person.sessions > 0 && ["signed_in", "good", "finish"],
    person.must_change && ["one_time", "warn", "key"],
    person.second_factor && ["factor", "plain", "shield"],
    person.linked && ["linked", "plain", "id-card"],
  ].filter(Boolean);
}

/** Returns what may be done with a person: nobody takes the own account away. */
export function acts(person, me) {
  const own = person.login === me;
  return {
    reset: !own,
    "sign-out": person.sessions > 0,
    disable: !own && !person.disabled,
    enable: person.disabled,
  };
}

/** Returns what of a person is wished to be different, or null where nothing is. */
export function changes(person, wished) {
  const window = wished.role === "clerk" ? wished.window : null;
  const wish = { ...wished, window };
  const told = Object.entries(wish).filter(([name, value]) => person[name] !== value);
  return told.length ? Object.fromEntries(told) : null;
}
