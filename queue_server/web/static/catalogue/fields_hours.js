/** Fields of time: the hours of a week, lunch shifts, a service's own hours, a head start. */

import { element, icon } from "../page.js";
import { out } from "./fields_lists.js";

const DAYS = ["mon", "tue", "wed", "thu", "fri"];
const USUAL = ["09:00", "18:00"];

/** Makes the hours of a week: Monday to Friday together, days of their own, Saturday, Sunday. */
export function week(field, context) {
  const { say, change } = context;
  const told = { ...context.value };
  const rows = element("div", { class: "week" });

  function tell(day, span) {
    if (span === undefined) delete told[day];
    else told[day] = span;
    change(span, [day]);
  }

  function show() {
    const own = DAYS.filter((day) => told[day] != null);
    const free = DAYS.filter((day) => told[day] == null);
    rows.replaceChildren(
      hours("mon_fri", told.mon_fri ?? []),
      ...own.map((day) => hours(day, told[day], () => { tell(day, undefined); show(); })),
      hours("sat", told.sat ?? []),
      hours("sun", told.sun ?? []),
      ...(free.length > 0 ? [another(free)] : []),
    );
  }

  function hours(day, span, forget) {
    const name = say(`catalogue.day_${day}`);
    return element(
      "div",
      { class: "week__day" },
      openDay(name, span, say, (next) => { tell(day, next); show(); }, (next) => tell(day, next)),
      forget && out(say("catalogue.take_out", { name }), forget),
    );
  }

  function another(free) {
    const choice = element(
      "select",
      {
        class: "box", "aria-label": say("catalogue.own_day"),
        onchange: () => {
          tell(free[choice.selectedIndex - 1], [...(told.mon_fri?.length ? told.mon_fri : USUAL)]);
          show();
        },
      },
      element("option", {}, say("catalogue.own_day")),
      free.map((day) => element("option", {}, say(`catalogue.day_${day}`))),
    );
    return element("div", { class: "week__more" }, choice);
  }

  show();
  return { group: rows };
}

function openDay(name, span, say, toggle, change) {
  const open = span.length > 0;
  const tick = element("input", {
    type: "checkbox", checked: open, "aria-label": `${name}: ${say("catalogue.open")}`,
    onchange: () => toggle(tick.checked ? [...USUAL] : []),
  });
  return element(
    "div",
    { class: "openday" },
    element("label", { class: "tick" }, tick, element("span", {}, name)),
    open ? spanBoxes(name, span, say, change) : element("span", { class: "soft" }, say("catalogue.closed")),
  );
}

function spanBoxes(name, span, say, change) {
  const times = [...span];
  const box = (place, label) => {
    const input = timeBox(times[place], (time) => {
      times[place] = time;
      change([...times]);
    });
    input.setAttribute("aria-label", `${name}: ${label}`);
    return input;
  };
  return element("span", { class: "span" }, box(0, say("catalogue.from")), "–", box(1, say("catalogue.to")));
}

/** Makes a box for a time of the day; a browser's own shows it in its country's way, "06:00 PM". */
export function timeBox(value, change) {
  const input = element("input", {
    class: "box figures", type: "text", inputmode: "numeric", maxlength: 5, placeholder: "09:00", value,
    autocomplete: "off",
    onchange: () => {
      input.value = clock(input.value);
      change(input.value);
    },
  });
  return input;
}

/** Returns "09:00" of "9", "9.00" or "0900"; what is no time stays as it is, and the check tells. */
export function clock(text) {
  const found = text.trim().match(/^(\d{1,2})(?:[.:\s]?(\d{2}))?$/);
  return found ? `${found[1].padStart(2, "0")}:${found[2] ?? "00"}` : text.trim();
}

/** Makes a list of spans: the lunch shifts. */
export function spans(field, context) {
  const { say, change } = context;
  let told = (context.value ?? []).map((span) => [...span]);
  const rows = element("ol", { class: "spans" });

  function tell(next) {
    told = next;
    change(told.length > 0 ? told : undefined);
  }

  function show() {
    rows.replaceChildren(...told.map((span, place) => {
      const name = say("catalogue.lunch_n", { n: place + 1 });
      return element(
        "li",
        { class: "openday" },
        element("span", {}, name),
        spanBoxes(name, span, say, (next) => tell(told.map((each, other) => (other === place ? next : each)))),
        out(say("catalogue.take_out", { name }), () => { tell(told.filter((_, other) => other !== place)); show(); }),
      );
    }));
  }

  show();
  const more = element(
    "button",
    {
      class: "key key--quiet", type: "button",
      onclick: () => { tell([...told, ["13:00", "14:00"]]); show(); },
    },
    icon("add"), say("catalogue.add_lunch"),
  );
  return { group: element("div", {}, rows, more) };
}

/** Makes a service's own hours: none, or a week inside the center's. */
export function ownHours(field, context) {
  const { say, change } = context;
  const place = element("div");
  const tick = element("input", {
    type: "checkbox", checked: context.value != null,
    onchange: () => {
      const next = tick.checked ? { mon_fri: [...USUAL] } : null;
      change(next, []);
      show(next);
    },
  });

  function show(value) {
    place.replaceChildren(...(value == null ? [] : [week(field, { ...context, value }).group]));
  }

  show(context.value);
  const label = element("label", { class: "tick" }, tick, element("span", {}, say("catalogue.has_own_hours")));
  return { group: element("div", { class: "ownhours" }, label, place) };
}

/** Makes the head start of a category: so many minutes, or without a limit by law. */
export function headStart(field, context) {
  const { say, change } = context;
  const minutes = element("input", {
    class: "box figures", type: "number", min: 0, step: 1, "aria-label": say("catalogue.minutes_word"),
    value: context.value ?? "", disabled: context.value === null,
    oninput: () => change(minutes.value === "" ? 0 : Number(minutes.value)),
  });
  const tick = element("input", {
    type: "checkbox", checked: context.value === null,
    onchange: () => {
      minutes.disabled = tick.checked;
      minutes.value = tick.checked ? "" : "20";
      change(tick.checked ? null : 20);
    },
  });
  const unlimited = element("label", { class: "tick" }, tick, element("span", {}, say("catalogue.unlimited")));
  return { group: element("div", { class: "headstart" }, minutes, element("span", {}, say("catalogue.minutes_word")), unlimited) };
}
