/** The sheet over the floor: one window or one visitor, and what may be done. It stays live. */

import { element, icon, write } from "../page.js";
import { closeFromOutside } from "../questions.js";
import { ticketMoves, windowMoves } from "./floor_moves.js";
import { delayed, expectedOf, strained } from "./floor_state.js";
import { cardState } from "./floor_windows.js";
import { showList } from "./lists.js";

const SIGNS = {
  open: "window", pause: "break", end_pause: "start", close: "close", duty: "edit", write: "message",
  call: "recall", transfer: "transfer", category: "priority", hold: "hold", return: "return",
  resume: "start", revive: "return", cancel: "dismiss",
};
/** So many of a window's messages are shown. */
const NEWEST = 3;
const part = (id) => document.getElementById(id);

/**
 * Returns {window(number), ticket(id), draw(state, now)}; `press.window(move, number)` and
 * `press.ticket(move, ticket)` do what the keys say, `read(number)` fetches a window's messages.
 */
export function floorSheet({ data, say, names, clock, press, read }) {
  const sheet = part("sheet");
  let subject = null;
  let messages = [];

  sheet.addEventListener("click", closeFromOutside);
  sheet.addEventListener("close", () => (subject = null));

  function show(next, state, now) {
    subject = next;
    messages = [];
    part("sheet-keys").replaceChildren();
    draw(state, now);
    if (!sheet.open) sheet.showModal();
    part("sheet-keys").querySelector("button")?.focus();
    if (next.window && data.may.message) fetchMessages(next.window);
  }

  async function fetchMessages(number) {
    const found = await read(number).catch(() => ({ messages: [] }));
    if (subject?.window === number) messages = found.messages.slice(0, NEWEST);
    drawMessages();
  }

  function draw(state, now) {
    if (!subject) return;
    const window = subject.window && state.windows.find(({ number }) => number === subject.window);
    const ticket = subject.ticket && ticketOf(state, subject.ticket);
    if (window) drawWindow(window, state, now);
    else if (ticket) drawTicket(ticket, state, now);
    else sheet.close();
    drawMessages();
  }

  function drawWindow(window, state, now) {
    const { ticket, clerk, number } = window;
    write(part("sheet-title"), clerk ? `${names.window(number)} · ${names.clerk(state, clerk)}` : names.window(number));
    facts([
      [window.state === "closed" ? "plain" : "accent", say(`floor.state_${cardState(window)}`)],
      window.duty && ["accent", say("floor.duty_now")],
      ...window.skills.map((skill) => ["plain", say(`staff.${skill}`)]),
      ...window.languages.map((tag) => ["plain", names.language(tag)]),
    ]);
    write(part("sheet-say"), ticket ? `${ticket.number} · ${names.service(ticket.service)}` : (window.reason ?? ""));
    lines([
      window.opened_at && ["opened", clock.wall(Date.parse(window.opened_at))],
      ["takes_first", taken(window, 1)],
      taken(window, 2) && ["takes_helping", taken(window, 2)],
      ticket && ["waited", names.inMinutes(Date.parse(ticket.called_at) - Date.parse(ticket.issued_at))],
      ticket && ["lasting", names.lasting(ticket.since, now)],
      ticket && strained(ticket, names.planned(ticket.service), now, data.alerting) === "long" && ["planned", say("staff.minutes", { n: names.planned(ticket.service) })],
    ]);
    keys([
      ...windowMoves(window, data.may).map((move) => ["window", move]),
      ...(ticket ? ticketMoves(ticket, data.may).map((move) => ["ticket", move, ticket.number]) : []),
    ], { window: number, ticket });
  }

  const taken = (window, level) => names.takes(window.takes, level).join(" · ");

  function drawTicket(ticket, state, now) {
    write(part("sheet-title"), ticket.number);
    facts([
      ["accent", say(`state.${ticket.state}`)],
      ["plain", names.language(ticket.language)],
      ...ticket.needs.map((need) => ["warn", say(`staff.${need}`)]),
      ticket.category && ["warn", names.category(ticket.category)],
      ticket.claimed && ["warn", say("staff.claimed", { category: names.category(ticket.claimed) })],
    ]);
    write(part("sheet-say"), names.service(ticket.service));
    lines([
      ["issued", clock.wall(Date.parse(ticket.issued_at))],
      ticket.slot && ["slot", clock.wall(Date.parse(ticket.slot))],
      ticket.state === "waiting" && ["waited", names.waited(ticket, now)],
      expectedOf(state, ticket) !== null && ["wait.still", names.about(expectedOf(state, ticket))],
      ticket.promised && ["wait.told", say("wait.between", { a: ticket.promised[0], b: ticket.promised[1] })],
      delayed(ticket, now) && ["not_before", clock.wall(Date.parse(ticket.not_before))],
      ticket.place !== "queue" && ["place", place(ticket.place, state)],
      ticket.overtaken > 0 && ["overtaken_by", String(ticket.overtaken)],
      ticket.reason && ["reason", ticket.reason],
      ticket.hold_until && ["hold_until", clock.wall(Date.parse(ticket.hold_until))],
    ]);
    keys(ticketMoves(ticket, data.may).map((move) => ["ticket", move]), { ticket });
  }

  function place(text, state) {
    const [kind, where] = text.split(":");
    return kind === "window" ? names.window(where) : names.clerk(state, where);
  }

  function facts(shown) {
    showList(part("sheet-facts"), shown.filter(Boolean), {
      id: (fact) => fact.join(" "),
      make: ([kind, text]) => element("li", { class: `chip chip--${kind}` }, text),
      fill: () => {},
    });
  }

  function lines(shown) {
    showList(part("sheet-lines"), shown.filter(Boolean), {
      id: ([name]) => name,
      make: ([name]) => element("div", {}, element("dt", {}, say(name.includes(".") ? name : `floor.line_${name}`)), element("dd", { class: "figures" })),
      fill: (made, [, text]) => write(made.lastChild, text),
    });
  }

  /** A key stays while its move is open; what it is about is looked up when it is pressed. */
  function keys(shown, about) {
    subject = { ...subject, about };
    showList(part("sheet-keys"), shown, {
      id: ([kind, move, number]) => `${kind} ${move} ${number ?? ""}`,
      make: ([kind, move, number]) =>
        element(
          "button",
          { class: `key${move === "cancel" || move === "close" ? " key--bad" : ""}`, type: "button", onclick: () => pressed(kind, move) },
          icon(SIGNS[move]),
          element("span", {}, number ? `${say(`floor.do_${move}`)} · ${number}` : say(`floor.do_${move}`)),
        ),
      fill: () => {},
    });
  }

  function pressed(kind, move) {
    const { about } = subject;
    sheet.close();
    press[kind](move, about[kind]);
  }

  function drawMessages() {
    part("sheet-messages").hidden = messages.length === 0;
    showList(part("messages"), messages, {
      id: ({ id }) => String(id),
      make: ({ text, at, sender }) =>
        element(
          "li",
          { class: "message" },
          element("span", { class: "message__text" }, text),
          element("span", { class: "small soft" }, `${clock.wall(Date.parse(at))} · ${sender}`),
          element("span", { class: "message__read" }),
        ),
      fill: (made, { read_at: at }) =>
        write(made.lastChild, at ? say("floor.read", { time: clock.wall(Date.parse(at)) }) : say("floor.unread")),
    });
  }

  return {
    window: (number, state, now) => show({ window: number }, state, now),
    ticket: (id, state, now) => show({ ticket: id }, state, now),
    draw,
  };
}

/** Returns the ticket, wherever on the floor it is. */
export function ticketOf(state, id) {
  const hands = state.windows.map((window) => window.ticket).filter(Boolean);
  return [...state.waiting, ...state.parked, ...hands].find((ticket) => ticket.id === id);
}
