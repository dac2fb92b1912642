/** The hall of a minute, drawn as the floor draws it, but nothing in it can be pressed. */

import { element, icon, stopwatch, write } from "../page.js";
import { level } from "../floor/floor_state.js";
import { showList, tone } from "../floor/lists.js";

const MINUTE = 60000;
/** state of a window → its sign; the word is floor.state_<state>. */
const SIGNS = { closed: "close", paused: "break", wrap_up: "wrap-up", free: "window", called: "recall", serving: "person" };
const ORDER = ["serving", "called", "wrap_up", "free", "paused", "closed"];
const LEVELS = { green: "finish", amber: "clock", red: "warning" };

/** Returns draw(hall): `hall` is what /api/v1/replay/hall answers. */
export function hallView({ data, say, norm }) {
  const part = (id) => document.getElementById(id);
  const services = new Map(data.services.map((service) => [service.id, service.name]));
  const service = (id) => services.get(id) ?? id;
  const minutes = (ms) => say("staff.minutes", { n: Math.max(0, Math.floor(ms / MINUTE)) }).replaceAll(" ", "\u00a0");

  function draw(hall) {
    const now = Date.parse(hall.at);
    showList(part("windows"), hall.windows, {
      id: ({ number }) => String(number),
      make: ({ number }) => card(number),
      fill: (made, window) => fillCard(made, window, now),
    });
    tally(hall.windows.map(stateOf));
    drawWaiting(hall.waiting, now);
    drawCalls(hall.calls);
    drawFigures(hall);
  }

  const stateOf = ({ ticket, state }) => ticket?.state ?? (state === "open" ? "free" : state);

  function tally(states) {
    const counted = ORDER.map((name) => [name, states.filter((state) => state === name).length]);
    showList(part("tally"), counted.filter(([, count]) => count > 0), {
      id: ([name]) => name,
      make: ([name]) => element("li", { class: "tally" }, icon(SIGNS[name]), element("span")),
      fill: (made, [name, count]) => write(made.lastChild, `${say(`floor.state_${name}`)}: ${count}`),
    });
  }

  function card(number) {
    const label = say("staff.window_number", { n: number });
    return element(
      "li",
      { class: "window" },
      element(
        "div",
        { class: "window__key" },
        element("span", { class: "window__number figures" }, element("span", { class: "unseen" }, label), element("span", { "aria-hidden": "true" }, String(number))),
        element("span", { class: "window__state" }),
        element("span", { class: "window__time figures" }),
        element("span", { class: "window__what" }, element("strong", { class: "figures" }), element("span")),
      ),
    );
  }

  function fillCard(made, window, now) {
    const name = stateOf(window);
    const { ticket } = window;
    tone(made, "window", name);
    const sign = made.querySelector(".window__state");
    if (sign.dataset.sign !== name) {
      sign.dataset.sign = name;
      sign.replaceChildren(icon(SIGNS[name]), element("span", {}, say(`floor.state_${name}`)));
    }
    const since = ticket?.since ?? window.since;
    write(made.querySelector(".window__time"), since ? stopwatch(now - Date.parse(since)) : "");
    const [number, what] = made.querySelector(".window__what").children;
    write(number, ticket?.number ?? "");
    write(what, ticket ? service(ticket.service) : "");
  }

  function drawWaiting(waiting, now) {
    part("nobody").hidden = waiting.length > 0;
    write(part("waiting-count"), String(waiting.length));
    showList(part("waiting"), waiting, {
      id: ({ number }) => number,
      make: ({ number }) =>
        element(
          "li",
          { class: "row" },
          element(
            "div",
            { class: "row__key" },
            element("strong", { class: "row__number figures" }, number),
            element("span", { class: "row__service" }),
            element("span", { class: "row__wait figures" }),
          ),
        ),
      fill: (made, ticket) => fillRow(made, ticket, now - Date.parse(ticket.since)),
    });
  }

  function fillRow(made, ticket, waited) {
    const found = level(waited, norm() * MINUTE, data.near);
    tone(made, "row", found);
    write(made.querySelector(".row__service"), service(ticket.service));
    const wait = made.querySelector(".row__wait");
    if (wait.dataset.sign !== found) {
      wait.dataset.sign = found;
      wait.replaceChildren(icon(LEVELS[found]), element("span"));
    }
    write(wait.lastChild, minutes(waited));
  }

  function drawCalls(calls) {
    part("no-calls").hidden = calls.length > 0;
    showList(part("calls"), calls, {
      id: ({ number, at }) => `${number} ${at}`,
      make: ({ number, window }) =>
        element("li", { class: "call" }, element("strong", { class: "figures" }, number), icon("onward"), element("span", {}, say("staff.window_number", { n: window }))),
      fill: () => {},
    });
  }

  function drawFigures(hall) {
    const busy = hall.windows.filter(({ ticket }) => ticket?.state === "serving").length;
    const grade = hall.waiting.length ? level(hall.longest * MINUTE, norm() * MINUTE, data.near) : "plain";
    const shown = [
      ["waiting", say("floor.day_waiting"), String(hall.waiting.length), "plain"],
      ["longest", say("floor.day_longest"), minutes(hall.longest * MINUTE), grade],
      ["busy", say("floor.state_serving"), String(busy), "plain"],
      ["issued", say("floor.day_issued"), String(hall.issued), "plain"],
      ["served", say("floor.day_served"), String(hall.served), "plain"],
      ["missed", say("floor.day_no_shows"), String(hall.missed), "plain"],
    ];
    showList(part("figures"), shown, {
      id: ([name]) => name,
      make: ([, label]) => element("div", { class: "figure" }, element("dt", {}, label), element("dd", { class: "figures" })),
      fill: (made, [, , text, found]) => {
        write(made.lastChild, text);
        tone(made, "figure", found);
      },
    });
  }

  return draw;
}
