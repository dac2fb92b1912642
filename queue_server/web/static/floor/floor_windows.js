/** The windows of the floor: a card each, whose state has a sign, a word and a colour. */

import { element, icon, write } from "../page.js";
import { strained } from "./floor_state.js";
import { showList, tone } from "./lists.js";

/** state of a card → its sign; the word is floor.state_<state>. */
const SIGNS = {
  closed: "close",
  paused: "break",
  wrap_up: "wrap-up",
  free: "window",
  called: "recall",
  serving: "person",
};
const ORDER = ["serving", "called", "wrap_up", "free", "paused", "closed"];

/** Returns what a card says of its window: what the visitor does there, or the clerk. */
export function cardState(window) {
  if (window.ticket) return window.ticket.state;
  return window.state === "open" ? "free" : window.state;
}

/** Returns draw(state, now); `open(number)` shows a window's sheet. */
export function windowsView({ data, say, names, open }) {
  const part = (id) => document.getElementById(id);

  function draw(state, now) {
    showList(part("windows"), state.windows, {
      id: ({ number }) => String(number),
      make: ({ number }) => card(number),
      fill: (made, window) => fill(made, window, state, now),
    });
    drawTally(state.windows);
  }

  function drawTally(windows) {
    const states = windows.map(cardState);
    const counted = ORDER.map((name) => [name, states.filter((state) => state === name).length]);
    showList(part("window-tally"), counted.filter(([, count]) => count > 0), {
      id: ([name]) => name,
      make: ([name]) => element("li", { class: "tally" }, icon(SIGNS[name]), element("span")),
      fill: (made, [name, count]) => write(made.lastChild, `${say(`floor.state_${name}`)}: ${count}`),
    });
  }

  function card(number) {
    const label = names.window(number);
    return element(
      "li",
      { class: "window" },
      element(
        "button",
        { class: "window__key", type: "button", "aria-haspopup": "dialog", onclick: () => open(number) },
        element("span", { class: "window__number figures" }, element("span", { class: "unseen" }, label), element("span", { "aria-hidden": "true" }, String(number))),
        element("span", { class: "window__state" }),
        element("span", { class: "window__time figures" }),
        element("span", { class: "window__what" }, element("strong", { class: "figures" }), element("span")),
        element("span", { class: "window__who" }, element("span"), element("span", { class: "window__marks" })),
      ),
    );
  }

  function fill(made, window, state, now) {
    const name = cardState(window);
    const { ticket } = window;
    const strain = ticket && strained(ticket, names.planned(ticket.service), now, data.alerting);
    tone(made, "window", name);
    made.classList.toggle("is-strained", Boolean(strain));
    sign(made.querySelector(".window__state"), name);
    write(made.querySelector(".window__time"), time(window, now));
    const [number, service] = made.querySelector(".window__what").children;
    write(number, ticket ? ticket.number : "");
    write(service, what(window));
    write(made.querySelector(".window__who").firstChild, window.clerk ? names.clerk(state, window.clerk) : "");
    const wasted = state.figures.alerts.find(({ kind, subject }) => kind === "idle" && subject === String(window.number));
    made.classList.toggle("is-wasted", Boolean(wasted));
    marks(made.querySelector(".window__marks"), window, strain, wasted);
  }

  function sign(place, name) {
    if (place.dataset.sign === name) return;
    place.dataset.sign = name;
    place.replaceChildren(icon(SIGNS[name]), element("span", {}, say(`floor.state_${name}`)));
  }

  function time({ ticket, since, state }, now) {
    if (state === "closed") return "";
    const from = ticket?.state === "called" ? ticket.called_at : (ticket?.since ?? since);
    return from ? names.lasting(from, now) : "";
  }

  function what({ ticket, reason, takes, state }) {
    if (ticket) return names.service(ticket.service);
    if (state === "paused") return reason ?? "";
    const groups = names.takes(takes, 1).slice(0, 8).join(" ");
    return say("floor.takes", { groups });
  }

  function marks(place, window, strain, wasted) {
    const shown = [
      wasted && ["warn", "people", say("floor.wait_count", { n: wasted.count })],
      strain && ["bad", "warning", say(`floor.${strain}`)],
      window.duty && ["accent", "edit", say("floor.duty")],
      window.ticket?.needs.includes("sign_language") && ["warn", "sign-language", say("staff.sign_language")],
    ].filter(Boolean);
    showList(place, shown, {
      id: ([, name]) => name,
      make: ([kind, name, text]) =>
        element("span", { class: `mark mark--${kind}` }, icon(name), element("span", {}, text)),
      fill: (made, [, , text]) => write(made.lastChild, text),
    });
  }

  return draw;
}
