/** Categories that visitors have claimed, until somebody has seen their papers. */

import { element, fillList, icon, write } from "../page.js";

const part = (id) => document.getElementById(id);
const OVER = new Set(["finished", "cancelled", "expired"]);

/** Returns the tickets whose claim still waits, the one that waits longest first. */
export function waitingClaims(tickets) {
  return tickets
    .filter(({ claimed, state }) => claimed && !OVER.has(state))
    .sort((one, other) => one.issued_at.localeCompare(other.issued_at));
}

/** Shows the list; `confirm(ticket, seen)` is told what was pressed. */
export function claims({ data, say, clock, confirm }) {
  const services = new Map(data.services.map((service) => [service.id, service.name]));
  const categories = new Map(data.categories.map((category) => [category.id, category.name]));
  let waiting = [];

  function draw() {
    const number = waiting.length;
    part("no-claims").hidden = number > 0;
    part("claims-count").hidden = number === 0;
    write(part("claims-count"), String(number));
    fillList(part("claim-list"), waiting, { id: ({ id }) => id, make, fill });
  }

  function make({ id }) {
    const press = (seen) => () => confirm(waiting.find((ticket) => ticket.id === id), seen);
    return element(
      "li",
      { class: "claim" },
      element("strong", { class: "ticket__number figures" }),
      element(
        "div",
        { class: "claim__what" },
        element("span", { class: "claim__category" }),
        element("span", { class: "claim__service small soft" }),
      ),
      element(
        "div",
        { class: "claim__keys" },
        key("key key--first", "finish", "papers_seen", press(true)),
        key("key", "dismiss", "papers_missing", press(false)),
      ),
    );
  }

  function key(words, name, text, press) {
    const made = element("button", { class: words, type: "button", onclick: press }, icon(name));
    made.append(say(`staff.${text}`));
    return made;
  }

  function fill(made, ticket) {
    const category = categories.get(ticket.claimed) ?? ticket.claimed;
    const service = services.get(ticket.service) ?? ticket.service;
    const issued = clock.wall(Date.parse(ticket.issued_at));
    write(made.querySelector(".ticket__number"), ticket.number);
    write(made.querySelector(".claim__category"), category);
    write(made.querySelector(".claim__service"), `${service} · ${issued} · ${say(`state.${ticket.state}`)}`);
    for (const each of made.querySelectorAll("button")) {
      each.setAttribute("aria-label", `${each.textContent}: ${ticket.number}`);
    }
  }

  function replace(latest) {
    waiting = waitingClaims(latest);
    draw();
  }

  return {
    replace,
    /** Takes a ticket's newest value. */
    put: (ticket) => replace([ticket, ...waiting.filter(({ id }) => id !== ticket.id)]),
  };
}
