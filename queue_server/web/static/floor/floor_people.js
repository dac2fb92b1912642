/** Who waits and who is set aside: two lists, found by group and number. */

import { element, icon, write } from "../page.js";
import { delayed, expectedOf, found, level, waitsSince, willMiss } from "./floor_state.js";
import { showList, tone } from "./lists.js";
import { LEVELS } from "./floor_queues.js";

const MINUTE = 60000;

/** Returns draw(state, filter, now) with filter {group, typed}; `open(id)` shows a ticket's sheet. */
export function peopleView({ data, say, names, clock, open }) {
  const part = (id) => document.getElementById(id);

  function draw(state, filter, now) {
    const waiting = found(state.waiting, filter, names.groupOf);
    const parked = found(state.parked, filter, names.groupOf);
    const filtered = Boolean(filter.group || filter.typed);
    const count = (shown, all) => (filtered ? `${shown.length}/${all.length}` : String(all.length));
    write(part("waiting-count"), count(waiting, state.waiting));
    write(part("parked-count"), count(parked, state.parked));
    part("nobody").hidden = waiting.length > 0;
    write(part("nobody"), say(filtered && state.waiting.length ? "staff.nothing_found" : "staff.nobody_waits"));
    part("nothing-parked").hidden = parked.length > 0;
    showList(part("waiting"), waiting, { id: ({ id }) => id, make: row, fill: (made, ticket) => fillWaiting(made, ticket, state, now) });
    showList(part("parked"), parked, { id: ({ id }) => id, make: row, fill: (made, ticket) => fillParked(made, ticket, now) });
  }

  function row({ id }) {
    return element(
      "li",
      { class: "row" },
      element(
        "button",
        { class: "row__key", type: "button", "aria-haspopup": "dialog", onclick: () => open(id) },
        element("strong", { class: "row__number figures" }),
        element("span", { class: "row__service" }),
        element("span", { class: "row__wait figures" }),
        element("span", { class: "row__marks" }),
      ),
    );
  }

  function fillWaiting(made, ticket, state, now) {
    const later = delayed(ticket, now);
    const name = level(now - waitsSince(ticket), state.norm * MINUTE, data.alerting.near);
    tone(made, "row", later ? "later" : name);
    const says = later ? clock.wall(Date.parse(ticket.not_before)) : names.waited(ticket, now);
    fill(made, ticket, later ? "placed" : LEVELS[name], later ? say("floor.from_then") : say(`floor.level_${name}`), says);
    marks(made, [...expectedMarks(ticket, state, now), ...waitingMarks(ticket), ...ticketMarks(ticket)]);
  }

  /** In how long it is likely to be called, and calmly whether that will be beyond the norm. */
  function expectedMarks(ticket, state, now) {
    const expected = expectedOf(state, ticket);
    if (expected === null) return [];
    const late = willMiss(state, ticket, state.norm * MINUTE, now);
    return [[late ? "warn" : "plain", "clock", names.about(expected), late ? say("wait.will_miss") : say("wait.still")]];
  }

  function fillParked(made, ticket, now) {
    tone(made, "row", ticket.state);
    const sign = ticket.state === "on_hold" ? "hold" : "no-show";
    fill(made, ticket, sign, say(`state.${ticket.state}`), names.inMinutes(now - Date.parse(ticket.since)));
    const until = ticket.hold_until && say("floor.until_time", { time: clock.wall(Date.parse(ticket.hold_until)) });
    marks(made, [
      ["plain", sign, say(`state.${ticket.state}`)],
      ticket.reason && ["plain", "edit", ticket.reason],
      until && ["plain", "clock", until],
      ...ticketMarks(ticket),
    ].filter(Boolean));
  }

  function fill(made, ticket, sign, word, says) {
    write(made.querySelector(".row__number"), ticket.number);
    write(made.querySelector(".row__service"), names.service(ticket.service));
    const wait = made.querySelector(".row__wait");
    if (wait.dataset.sign !== sign) {
      wait.dataset.sign = sign;
      wait.replaceChildren(icon(sign, word), element("span"));
    }
    write(wait.lastChild, says);
  }

  function waitingMarks({ place, overtaken }) {
    const [kind, where] = place.split(":");
    return [
      kind === "window" && ["accent", "placed", names.window(where)],
      kind === "clerk" && ["accent", "person", say("floor.for_clerk")],
      overtaken > 0 && ["plain", "next", say("floor.overtaken", { n: overtaken })],
    ].filter(Boolean);
  }

  function ticketMarks(ticket) {
    return [
      ticket.claimed && ["warn", "id-card", names.category(ticket.claimed)],
      !ticket.claimed && ticket.category && ["warn", "priority", names.category(ticket.category)],
      ticket.needs.includes("sign_language") && ["warn", "sign-language", say("staff.sign_language")],
      ticket.slot && ["accent", "calendar", clock.wall(Date.parse(ticket.slot))],
    ].filter(Boolean);
  }

  function marks(made, shown) {
    const place = made.querySelector(".row__marks");
    if (shown.length === 0 && !place.firstChild) return;
    showList(place, shown, {
      id: ([kind, name, text]) => `${kind} ${name} ${text}`,
      make: ([kind, name, text, title]) =>
        element("span", { class: `mark mark--${kind}`, ...(title ? { title } : {}) }, icon(name, title), element("span", {}, text)),
      fill: () => {},
    });
  }

  return draw;
}
