/** Reception: issues tickets, corrects the latest ones, sees papers, comes when called. */

import { Refused, api } from "../api.js";
import { hallAlarms } from "../devices/hall_alarms.js";
import { serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { claims } from "./claims.js";
import { finder } from "./finder.js";
import { tickets } from "./tickets.js";

const EVERY = 5000;
const TICK = 1000;
const RECENT = 100;
const VIEWS = ["issue", "recent", "claims"];

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const part = (id) => document.getElementById(id);

let busy = false;
let service = null;
let issued = null;
let seenAt = clock.now();

const services = finder(data, choose);
const list = tickets({ data, say, clock, post, act });
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
    if (error.status === 401) location.assign("/sign-in?next=/reception");
    const key = error instanceof Refused ? `error.${error.code}` : "error.offline";
    write(trouble, say(key in data.texts ? key : "error.other"));
    await refresh();
  }
  busy = false;
}

function choose(chosen) {
  service = chosen;
  write(part("draft-service"), chosen ? chosen.name : part("draft-service").dataset.none);
  part("draft").classList.toggle("is-ready", chosen !== null);
  part("issue-key").disabled = chosen === null;
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

function showIssued(ticket) {
  issued = ticket;
  part("draft").hidden = ticket !== null || document.body.dataset.view !== "issue";
  part("issued").hidden = ticket === null || document.body.dataset.view !== "issue";
  if (!ticket) return;
  write(part("issued-say"), say("staff.ticket_issued", ticket));
  write(part("issued-number"), ticket.number);
  write(part("issued-service"), service.name);
  write(part("issued-ahead"), String(ticket.ahead));
  write(part("issued-wait"), ticket.estimate?.text ?? "");
  write(part("issued-paper"), say("staff.sent_to_printer"));
  part("next-visitor").focus();
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
  } catch {
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
