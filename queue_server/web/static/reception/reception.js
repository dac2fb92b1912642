/** Reception: issues tickets, checks appointments in, corrects the latest ones, sees papers, comes when called. */

import { Refused, api } from "../api.js";
import { hallAlarms } from "../devices/hall_alarms.js";
import { historyDrawer } from "../history.js";
import { dayTeller } from "../offers.js";
import { serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { sessionEnded } from "../questions.js";
import { booking } from "./booking.js";
import { claims } from "./claims.js";
import { finder } from "./finder.js";
import { tickets } from "./tickets.js";

const EVERY = 5000;
const TICK = 1000;
const RECENT = 100;
const UNAUTHORISED = 401;
const VIEWS = ["issue", "recent", "claims"];

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const day = dayTeller(data.timezone);
const part = (id) => document.getElementById(id);

let busy = false;
let service = null;
let issued = null;
let seenAt = clock.now();

const services = finder(data, choose);
const list = tickets({ data, say, clock, post, act });
const visit = historyDrawer({ data, say, clock, get, post });
const ask = booking({ data, say, get });
const papers = claims({ data, say, clock, confirm });
hallAlarms({ data, say, clock, get, post, reads: ["/devices", "/help"] });

/** Runs one command; what goes wrong is said in plain words at its key. */
async function act(run, trouble) {
  if (busy) return;
  busy = true;
  write(trouble, "");
  try {
    await run();
  } catch (error) {
    if (error.status === UNAUTHORISED) sessionEnded();
    write(trouble, explained(error));
    await refresh();
  }
  busy = false;
}

function explained(error) {
  const key = error instanceof Refused ? `error.${error.code}` : "error.offline";
  return say(key in data.texts ? key : "error.other");
}

function choose(chosen) {
  service = chosen;
  write(part("draft-service"), chosen ? chosen.name : part("draft-service").dataset.none);
  part("draft").classList.toggle("is-ready", chosen !== null);
  for (const key of ["issue-key", "book-key"]) part(key).disabled = chosen === null;
  if (chosen) services.mark(chosen.id);
  showIssued(null);
}

function draft() {
  return {
    service: service.id,
    category: part("category").value || null,
    language: document.querySelector("[name=language]:checked").value,
    needs: part("sign-language").checked ? ["sign_language"] : [],
    paper: "station",
  };
}

async function issue() {
  const ticket = await post("/tickets", draft());
  list.put(ticket);
  showIssued(ticket);
}

/** An appointment: the day and the time are asked, the rest is as for a ticket of now. */
async function book() {
  const { paper, ...wish } = draft();
  const at = await ask(service);
  if (!at) return;
  await act(async () => {
    const ticket = await post("/tickets/book", { ...wish, at });
    list.put(ticket);
    showIssued(ticket);
  }, part("issue-trouble"));
}

/** Checks an appointment in; its number is told, and its ticket stands beside to be corrected. */
async function checkIn(field) {
  write(part("code-answer"), "");
  await act(async () => {
    const ticket = await post("/check-in", { code: field.value.trim() });
    field.value = "";
    list.put(ticket);
    list.choose(ticket);
    write(part("code-answer"), say("staff.checked_in", ticket));
  }, part("code-trouble"));
  field.focus();
}

function showIssued(ticket) {
  issued = ticket;
  part("draft").hidden = ticket !== null || document.body.dataset.view !== "issue";
  part("issued").hidden = ticket === null || document.body.dataset.view !== "issue";
  if (!ticket) return;
  const booked = ticket.state === "booked";
  write(part("issued-say"), booked ? bookedFor(ticket) : say("staff.ticket_issued", ticket));
  for (const name of ["issued-facts", "issued-paper-row"]) part(name).hidden = booked;
  part("issued-code").hidden = !booked;
  write(part("issued-code-text"), ticket.code ?? "");
  write(part("issued-number"), ticket.number);
  write(part("issued-service"), service.name);
  write(part("issued-ahead"), String(ticket.ahead));
  write(part("issued-wait"), ticket.estimate?.text ?? "");
  write(part("issued-paper"), say("staff.sent_to_printer"));
  part("next-visitor").focus();
}

function bookedFor({ slot }) {
  const at = Date.parse(slot);
  return say("staff.booked_for", { day: day(at), time: clock.wall(at) });
}

/** Notes whether the papers of a claimed category were shown. */
function confirm({ id, version }, confirmed) {
  act(async () => {
    const ticket = await post(`/tickets/${id}/confirm`, { confirmed, version });
    list.put(ticket);
    papers.put(ticket);
  }, part("claim-trouble"));
}

/** The next visitor begins with nothing of the last one's. */
function startAnew() {
  service = null;
  part("draft").reset();
  services.reset();
  choose(null);
  part("search").focus();
}

function view(name) {
  document.body.dataset.view = name;
  for (const each of VIEWS) {
    part(each).hidden = each !== name;
    part(`view-${each}`).setAttribute("aria-selected", String(each === name));
  }
  showIssued(issued);
  list.draw();
  if (name !== "issue") refresh();
}

async function refresh() {
  try {
    const latest = (await get(`/tickets?recent=${RECENT}`)).tickets;
    list.replace(latest);
    papers.replace(latest);
    seenAt = clock.now();
    part("banner").hidden = true;
  } catch (error) {
    if (error.status === UNAUTHORISED) return sessionEnded();
    write(part("banner-text"), say("staff.connection_lost_at", { time: clock.wall(seenAt) }));
    part("banner").hidden = false;
  }
}

function tick() {
  write(part("clock"), clock.wall(clock.now()));
}

part("draft").addEventListener("submit", (event) => {
  event.preventDefault();
  if (service) act(issue, part("issue-trouble"));
});
part("book-key").addEventListener("click", () => service && book());
part("check-in")?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (part("code").value.trim()) checkIn(part("code"));
});
part("chosen-history").addEventListener("click", () => list.chosen() && visit.open(list.chosen().id));
part("next-visitor").addEventListener("click", startAnew);
part("correct").addEventListener("click", () => {
  list.choose(issued);
  startAnew();
  view("recent");
});
for (const each of VIEWS) part(`view-${each}`).addEventListener("click", () => view(each));

setInterval(() => document.hidden || busy || refresh(), EVERY);
setInterval(tick, TICK);
tick();
refresh();
