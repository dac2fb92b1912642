/**
 * The visitor's own page: the socket tells at once, and a look every 15 seconds brings how many
 * are ahead and how long it will take; it also goes on where sockets do not get through.
 */

import { api } from "../api.js";
import { serverClock, speaker, startingData, write } from "../page.js";
import { applyEvent, applyReply, waitWords } from "./ticket_state.js";

const EVERY = 15000;
const FINAL = new Set(["finished", "cancelled", "expired"]);

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get } = api("");
const own = `/tickets/${data.ticket.id}?key=${encodeURIComponent(data.key)}`;
const part = (id) => document.getElementById(id);

let ticket = data.ticket;
let seenAt = clock.now();
let feed = null;
let timer = null;

function show(stale) {
  const { state } = ticket;
  const called = state === "called";
  const waiting = state === "waiting";
  document.body.dataset.state = state;
  document.body.classList.toggle("is-stale", stale);
  write(part("state"), say(`ticket.${state}`, { n: ticket.window }));
  part("window").hidden = !called;
  write(part("window"), called ? String(ticket.window) : "");
  part("facts").hidden = !waiting;
  part("hint").hidden = !waiting && state !== "on_hold";
  if (waiting && ticket.estimate) {
    const ahead = ticket.ahead ? "ticket.ahead" : "ticket.nobody_ahead";
    write(part("ahead"), say(ahead, { n: ticket.ahead }));
    write(part("wait"), waitWords(ticket.estimate, data, clock, say));
  }
  const time = clock.wall(seenAt);
  write(part("fresh"), say(stale ? "ticket.offline" : "ticket.updated", { time }));
  document.title = say(called ? "ticket.called" : "ticket.title", { n: ticket.window, ...ticket });
}

function take(next) {
  const wasCalled = ticket.state === "called" ? ticket.recalls : -1;
  ticket = next;
  seenAt = clock.now();
  show(false);
  if (ticket.state === "called" && ticket.recalls > wasCalled) navigator.vibrate?.([400, 150, 400]);
  if (FINAL.has(ticket.state)) end();
}

async function look() {
  try {
    take(applyReply(ticket, await get(own)));
  } catch {
    show(true);
  }
}

function end() {
  clearInterval(timer);
  feed?.stop();
}

show(false);
if (!FINAL.has(ticket.state)) {
  timer = setInterval(() => document.hidden || look(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  feed = window.navbatFeed?.({
    topic: `ticket.${ticket.id}`,
    token: null,
    key: data.key,
    onSnapshot: (seen) => take(applyReply(ticket, seen)),
    onEvent: (event) => {
      take(applyEvent(ticket, event));
      if (ticket.state === "waiting") look();
    },
    onState: () => {},
  });
}
