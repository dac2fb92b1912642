/** The picture of a year: which days are open, holidays, busy. */

import { element } from "../page.js";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Returns what a day is: "holiday", "surge", "closed" or "open"; a pure function of the document. */
export function kindOf(date, weekday, { hours, holidays, surges }) {
  if (holidays.some((each) => each.date === date)) return "holiday";
  if (surges.some((each) => each.date === date)) return "surge";
  const name = WEEKDAYS[weekday];
  const span = hours[name] ?? (weekday < 5 ? hours.mon_fri : undefined) ?? [];
  return span.length > 0 ? "open" : "closed";
}

/** Returns the days of a month, Monday first: [{date, day, weekday}]. */
export function daysOf(year, month) {
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Array.from({ length: count }, (_, place) => {
    const at = new Date(Date.UTC(year, month, place + 1));
    return { date: at.toISOString().slice(0, 10), day: place + 1, weekday: (at.getUTCDay() + 6) % 7 };
  });
}

/** Returns the picture; `press(date, kind)` opens a day, `words` as for forms. */
export function yearPicture({ year, whole, say, months, press, turn, titleOf }) {
  const turnKey = (step, text, label) =>
    element("button", { class: "round", type: "button", "aria-label": label, onclick: () => turn(year + step) }, text);
  const legend = ["open", "closed", "holiday", "surge"].map((kind) =>
    element("li", {}, element("span", { class: `day day--${kind}`, "aria-hidden": "true" }, kind === "holiday" ? "×" : kind === "surge" ? "+" : ""), say(`catalogue.is_${kind}`)),
  );
  return element(
    "article",
    { class: "year card", "aria-label": say("catalogue.year") },
    element(
      "header",
      { class: "year__head" },
      turnKey(-1, "‹", String(year - 1)),
      element("h2", { class: "figures" }, String(year)),
      turnKey(1, "›", String(year + 1)),
      element("ul", { class: "year__legend small" }, legend),
    ),
    element("div", { class: "year__months" }, months.map((name, month) => monthPicture(name, daysOf(year, month), { whole, press, titleOf }))),
  );
}

function monthPicture(name, days, { whole, press, titleOf }) {
  const gaps = Array.from({ length: days[0].weekday }, () => element("span"));
  const cells = days.map(({ date, day, weekday }) => {
    const kind = kindOf(date, weekday, whole);
    const marked = kind === "holiday" || kind === "surge";
    return element(
      "button",
      {
        class: `day day--${kind} figures`, type: "button", "data-date": date, title: titleOf(date, kind),
        "aria-label": titleOf(date, kind), tabindex: marked ? 0 : -1, onclick: () => press(date, kind),
      },
      String(day),
    );
  });
  return element("section", { class: "month" }, element("h3", {}, name), element("div", { class: "month__days" }, gaps, cells));
}
