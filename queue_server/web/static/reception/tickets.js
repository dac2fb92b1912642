/** The latest tickets and what reception may do with the one that is chosen. */

import { dayTeller, placeKinds, serviceItems, tongue, transferTo } from "../offers.js";
import { element, fillList, icon, write } from "../page.js";
import { askOne, askReason, fold } from "../questions.js";

const part = (id) => document.getElementById(id);

/** move → the states of a ticket that it may start from; as domain/ticket.py's MOVES. */
const MOVES = {
  "check-in": ["booked"],
  reprint: ["booked", "waiting", "called", "serving", "on_hold", "no_show"],
  category: ["waiting"],
  leg: ["waiting"],
  transfer: ["waiting"],
  revive: ["no_show"],
  unbook: ["booked"],
  cancel: ["waiting", "on_hold", "no_show"],
};
const TONES = {
  waiting: "accent",
  called: "accent",
  serving: "good",
  on_hold: "warn",
  no_show: "warn",
  cancelled: "bad",
};
const WHY_CANCEL = ["left", "mistake", "visitor_asked", "wrong_service"];
const WHY_UNBOOK = ["visitor_asked", "mistake", "wrong_service"];
const WHY_CATEGORY = ["document_checked", "visitor_asked", "mistake", "unwell"];
const WHY_TRANSFER = ["wrong_service", "visitor_asked", "consultation"];

/** Returns the services that a visit still has before it. */
const toCome = ({ legs }) =>
  legs.filter(({ state }) => state === "to_come").map(({ service }) => service);

/** Shows the list; `act(run, trouble)` runs a command and tells what went wrong. */
export function tickets({ data, say, clock, post, act }) {
  const services = new Map(data.services.map((service) => [service.id, service.name]));
  const categories = new Map(data.categories.map((category) => [category.id, category.name]));
  const reasons = (keys) => keys.map((key) => say(`reason.${key}`));
  let latest = [];
  let chosen = null;

  part("search-ticket").addEventListener("input", draw);
  for (const key of document.querySelectorAll("[data-move]")) {
    key.addEventListener("click", () => run[key.dataset.move]());
  }

  const run = {
    reprint: () => move("slip", {}, () => say("staff.sent_to_printer")),
    revive: () => move("revive", versioned()),
    "check-in": () => move("check-in", versioned(), () => say("staff.checked_in", chosen)),
    unbook: () => end("unbook", WHY_UNBOOK),
    cancel: () => end("cancel", WHY_CANCEL),
    async category() {
      const category = await whichCategory();
      if (category === undefined) return;
      const answer = await why("change_category", WHY_CATEGORY);
      if (answer) await move("category", { ...versioned(), category, reason: answer.reason });
    },
    async leg() {
      const verb = say("staff.add_leg");
      const answer = await askOne({
        title: `${verb} · ${chosen.number}`,
        verb,
        kinds: [{ name: "service", label: "", items: serviceItems(data) }],
        nothing: say("staff.nothing_found"),
      });
      if (answer) await move("leg", { ...versioned(), service: answer.value });
    },
    async transfer() {
      const title = `${say("staff.transfer")} · ${chosen.number}`;
      const place = await askOne({
        title,
        verb: say("staff.transfer"),
        kinds: placeKinds(data, say),
        nothing: say("staff.nothing_found"),
      });
      if (!place) return;
      const answer = await why("transfer", WHY_TRANSFER);
      if (!answer) return;
      await move("transfer", { ...versioned(), ...transferTo(place), reason: answer.reason });
    },
  };

  const day = dayTeller(data.timezone);
  const appointment = (at) => `${day(at)} ${clock.wall(at)}`;
  const claimedWords = (id) => say("staff.claimed", { category: categories.get(id) ?? id });
  const versioned = () => ({ version: chosen.version });
  const why = (key, keys) =>
    askReason({ title: `${say(`staff.${key}`)} · ${chosen.number}`, reasons: reasons(keys) });

  /** Ends a ticket, or an appointment, once it is said why. */
  async function end(name, keys) {
    const title = say(`staff.${name}_ask`, { number: chosen.number });
    const answer = await askReason({ title, reasons: reasons(keys) });
    if (answer) await move(name, { ...versioned(), reason: answer.reason });
  }

  async function whichCategory() {
    const items = [{ id: null, name: say("staff.category_none") }, ...data.categories]
      .filter(({ id }) => id !== chosen.category)
      .map(({ id, name }) => ({ value: id ?? "", name, words: fold(name) }));
    const verb = say("staff.change_category");
    const answer = await askOne({
      title: `${verb} · ${chosen.number}`,
      verb: say("staff.confirm"),
      kinds: [{ name: "category", label: "", items }],
      nothing: say("staff.nothing_found"),
    });
    return answer ? answer.value || null : undefined;
  }

  async function move(name, body, note = () => say("staff.saved")) {
    write(part("chosen-note"), "");
    await act(async () => {
      put(await post(`/tickets/${chosen.id}/${name}`, body));
      write(part("chosen-note"), note());
    }, part("move-trouble"));
  }

  /** Puts a ticket's newest value in its place, or on top. */
  function put(ticket) {
    latest = [ticket, ...latest.filter((each) => each.id !== ticket.id)];
    latest.sort((one, other) => other.issued_at.localeCompare(one.issued_at));
    if (chosen?.id === ticket.id) chosen = ticket;
    draw();
  }

  function choose(ticket) {
    chosen = ticket;
    write(part("chosen-note"), "");
    write(part("move-trouble"), "");
    draw();
  }

  function draw() {
    const typed = part("search-ticket").value.trim().toUpperCase();
    const shown = latest.filter((ticket) => ticket.number.includes(typed));
    part("no-tickets").hidden = shown.length > 0;
    write(part("no-tickets"), say(typed ? "staff.nothing_found" : "staff.no_tickets"));
    fillList(part("tickets"), shown, { id: ({ id }) => id, make: ticketKey, fill: fillKey });
    drawChosen();
  }

  function ticketKey({ id }) {
    const pick = () => choose(latest.find((ticket) => ticket.id === id));
    return element(
      "li",
      {},
      element(
        "button",
        { class: "ticket", type: "button", onclick: pick },
        element("strong", { class: "ticket__number figures" }),
        element("span", { class: "ticket__service" }),
        element("span", { class: "ticket__marks" }),
        element("span", { class: "ticket__state chip" }),
        element("time", { class: "ticket__time figures soft" }),
      ),
    );
  }

  function fillKey(made, ticket) {
    const at = (name) => made.querySelector(`.ticket__${name}`);
    write(at("number"), ticket.number);
    write(at("service"), services.get(ticket.service) ?? ticket.service);
    write(at("state"), say(`state.${ticket.state}`));
    at("state").className = `ticket__state chip chip--${TONES[ticket.state] ?? "plain"}`;
    write(at("time"), clock.wall(Date.parse(ticket.issued_at)));
    drawMarks(at("marks"), ticket);
    made.firstChild.setAttribute("aria-pressed", String(ticket.id === chosen?.id));
  }

  /** The visitor's language in two letters, and a picture for each need and right. */
  function drawMarks(marks, { language, needs, category, claimed }) {
    const right = claimed ?? category;
    const pictures = [
      ...needs.map((need) => ["sign-language", say(`staff.${need}`)]),
      right && [claimed ? "id-card" : "priority", categories.get(right) ?? right],
    ].filter(Boolean);
    fillList(marks, [["", data.languages[language] ?? language], ...pictures], {
      id: (mark) => mark.join("|"),
      make: ([name, text]) =>
        name
          ? element("span", { class: "ticket__mark" }, icon(name, text))
          : element("abbr", { class: "ticket__tongue", title: text }, tongue(language)),
      fill: () => {},
    });
  }

  function drawChosen() {
    part("chosen").hidden = chosen === null || document.body.dataset.view !== "recent";
    if (!chosen) return;
    write(part("chosen-number"), chosen.number);
    write(part("chosen-state"), say(`state.${chosen.state}`));
    part("chosen-state").className = `chip chip--${TONES[chosen.state] ?? "plain"}`;
    write(part("chosen-service"), services.get(chosen.service) ?? chosen.service);
    fillList(part("chosen-facts"), facts(chosen), {
      id: (fact) => fact.join("|"),
      make: ([kind, name, text]) =>
        element("li", { class: `chip chip--${kind}` }, icon(name), element("span", {}, text)),
      fill: () => {},
    });
    for (const key of document.querySelectorAll("#chosen [data-move]")) {
      key.hidden = !offered(key.dataset.move);
    }
  }

  /** Whether the ticket that is chosen may make a move; an appointment only comes on its day. */
  function offered(name) {
    const { state, slot } = chosen;
    if (!MOVES[name].includes(state)) return false;
    return name !== "check-in" || day(Date.parse(slot)) === day(clock.now());
  }

  function facts(ticket) {
    return [
      ["plain", "clock", `${say("staff.issued_at")}: ${clock.wall(Date.parse(ticket.issued_at))}`],
      ["accent", "language", data.languages[ticket.language] ?? ticket.language],
      ticket.slot && ["accent", "calendar", appointment(Date.parse(ticket.slot))],
      ...toCome(ticket).map((service) => ["accent", "add", services.get(service) ?? service]),
      ticket.window && ["accent", "window", say("staff.window_number", { n: ticket.window })],
      ...ticket.needs.map((need) => ["warn", "sign-language", say(`staff.${need}`)]),
      ticket.claimed && ["warn", "id-card", claimedWords(ticket.claimed)],
      ticket.category && !ticket.claimed && ["warn", "priority", categories.get(ticket.category) ?? ticket.category],
      ticket.state === "waiting" && ["plain", "people", `${say("staff.ahead")}: ${ticket.ahead}`],
      ticket.copies > 1 && ["plain", "printer", say("staff.copies", { n: ticket.copies })],
    ].filter(Boolean);
  }

  return {
    choose,
    /** Returns the ticket that is chosen, or null. */
    chosen: () => chosen,
    draw,
    put,
    /** Shows the newest tickets of the day. */
    replace(fresh) {
      latest = fresh;
      chosen = latest.find((ticket) => ticket.id === chosen?.id) ?? chosen;
      draw();
    },
  };
}
