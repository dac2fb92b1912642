/** The floor: joins state, views, sheets and questions to the server. */

import { Refused, api } from "../api.js";
import { alarmRows, heard, watchAlarms } from "../devices/alarms.js";
import { serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { alertRows, alertsView } from "./floor_alerts.js";
import { dutySheet } from "./floor_duty.js";
import { hallMoves } from "./floor_hall.js";
import { floorMoves } from "./floor_moves.js";
import { floorNames } from "./floor_names.js";
import { peopleView } from "./floor_people.js";
import { floorQuestions } from "./floor_questions.js";
import { queuesView } from "./floor_queues.js";
import { floorSheet } from "./floor_sheet.js";
import { apply, unknown } from "./floor_state.js";
import { windowsView } from "./floor_windows.js";
import { writeSheet } from "./floor_write.js";

const TICK = 1000;
/** A word on what was done stays so long, ms. */
const SAID = 5000;

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const names = floorNames(data, say);
const part = (id) => document.getElementById(id);

let state = unknown();
let filter = { group: "", typed: "" };
let alarms = { devices: [], calls: [] };
let news = [];
let lostAt = null;
let drawing = false;
let rereading = false;
let silence = null;

const known = () => state;
const ask = floorQuestions({ data, say, names });
const moves = floorMoves({ ask, post, run, known, names });
const askDuty = dutySheet({ data, say, names });
const askWords = writeSheet(say);
const hall = hallMoves({ data, say, names, ask, post, run, known });
const sheet = floorSheet({
  data,
  say,
  names,
  clock,
  press: { window: pressWindow, ticket: moves.ticket },
  read: (number) => get(`/windows/${number}/messages`),
});
const openWindow = (number) => sheet.window(number, state, clock.now());
const openTicket = (id) => sheet.ticket(id, state, clock.now());
const drawWindows = windowsView({ data, say, names, open: openWindow });
const drawQueues = queuesView({ data, say, names, choose: chooseGroup });
const drawPeople = peopleView({ data, say, names, clock, open: openTicket });
const drawAlerts = alertsView({ say, names, press: pressAlert, may: data.may });

/** Draws once for all that has come before the screen is painted. */
function show() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    draw();
  });
}

function draw() {
  const now = clock.now();
  write(part("clock"), clock.wall(now));
  drawConnection();
  if (state.seq < 0) return;
  drawHall();
  drawWindows(state, now);
  drawQueues(state, filter.group, now);
  drawPeople(state, filter, now);
  drawAlerts(alertRows(state, [...alarmRows(alarms), ...news], { say, names, data }), now);
  sheet.draw(state, now);
}

function drawConnection() {
  part("banner").hidden = lostAt === null;
  const time = lostAt === null ? "" : clock.wall(lostAt);
  write(part("banner-text"), time && say("staff.connection_lost_at", { time }));
  document.body.classList.toggle("is-stale", lostAt !== null);
}

function drawHall() {
  const { halted } = state;
  const reason = names.reason(halted?.split(":")[1] ?? "");
  const text = halted === "closed" ? say("floor.day_is_closed") : halted ? say("floor.suspended", { reason }) : "";
  part("halted").hidden = !halted;
  write(part("halted-text"), text);
  write(part("hall-state"), halted ? say("floor.stands_still") : data.center);
  for (const [name, shown] of [["suspend", !halted], ["resume", Boolean(halted)], ["close_day", halted !== "closed"]]) {
    const key = document.querySelector(`[data-hall="${name}"]`);
    if (key) key.hidden = !shown;
  }
}

function take(message) {
  state = apply(state, message);
  if (state.stale) reread();
  show();
}

/** Reads the hall again after what no event tells in full. */
async function reread() {
  if (rereading) return;
  rereading = true;
  try {
    const outdated = state.outdated;
    state = apply(state, { snapshot: await get("/floor") });
    if (outdated) reload();
  } catch {
    // the feed tells that the connection is lost, and brings a snapshot with the next one
  }
  rereading = false;
  show();
}

/** The names on the page are old: it is loaded again as soon as nothing is open over it. */
function reload() {
  const open = document.querySelector("dialog[open]");
  if (open) open.addEventListener("close", () => setTimeout(reload, 0), { once: true });
  else location.reload();
}

/** Runs a command and says what became of it. */
async function run(name, work) {
  try {
    await work();
    tell(say("floor.done", { move: say(`floor.do_${name}`) }));
  } catch (error) {
    if (error.status === 401) location.assign("/sign-in?next=/floor");
    tell(explained(error), true);
  }
}

function explained(error) {
  if (!(error instanceof Refused)) return say("error.offline");
  const key = `error.${error.code}`;
  const first = error.problem.errors?.[0]?.message;
  const text = say(key in data.texts ? key : "error.other");
  return first ? `${text} · ${first}` : text;
}

function tell(text, bad = false) {
  clearTimeout(silence);
  const toast = part("toast");
  toast.classList.toggle("toast--bad", bad);
  toast.setAttribute("role", bad ? "alert" : "status");
  write(toast, text);
  silence = setTimeout(() => write(toast, ""), SAID);
}

async function pressWindow(move, number) {
  if (move === "duty") await changeDuty(number);
  else if (move === "write") await writeTo(number);
  else await moves.window(move, number);
}

async function changeDuty(number) {
  const window = state.windows.find((each) => each.number === number);
  const duty = await askDuty(window, state.windows);
  const why = duty && (await ask.why("duty", names.window(number)));
  if (!why) return;
  const { reason } = why;
  if (duty === "end") await run("end_duty", () => post(`/windows/${number}/duty/end`, { reason }));
  else await run("duty", () => post(`/windows/${number}/duty`, { ...duty, reason }));
}

async function writeTo(number) {
  const text = await askWords(`${say("floor.do_write")} · ${names.window(number)}`);
  if (text) await run("write", () => post(`/windows/${number}/message`, { text }));
}

async function pressAlert(act) {
  if (act.name === "window") openWindow(act.window);
  else if (act.name === "issuing") await hall.open_issuing();
  else if (act.name === "group") chooseGroup(act.group, true);
  else if (act.name === "dismiss") dismiss(act.id);
  else {
    // a colleague may have been faster: the list tells
    await post(`/help/${act.call}/answer`).catch(() => null);
    await look();
  }
}

function dismiss(id) {
  news = news.filter((row) => row.id !== id);
  show();
}

function chooseGroup(prefix, only = false) {
  const group = filter.group === prefix && !only ? "" : prefix;
  filter = { ...filter, group };
  part("group").value = group;
  chooseTab("waiting");
  show();
}

function chooseTab(name) {
  for (const each of ["waiting", "parked"]) {
    const chosen = each === name;
    part(`tab-${each}`).setAttribute("aria-selected", String(chosen));
    part(`tab-${each}`).tabIndex = chosen ? 0 : -1;
    part(`${each}-panel`).hidden = !chosen;
  }
}

for (const name of ["waiting", "parked"]) {
  part(`tab-${name}`).addEventListener("click", () => chooseTab(name));
  part(`tab-${name}`).addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = name === "waiting" ? "parked" : "waiting";
    chooseTab(other);
    part(`tab-${other}`).focus();
  });
}
part("find").addEventListener("input", (event) => {
  filter = { ...filter, typed: event.target.value };
  show();
});
part("group").addEventListener("change", (event) => {
  filter = { ...filter, group: event.target.value };
  show();
});
for (const key of document.querySelectorAll("[data-hall]")) {
  key.addEventListener("click", () => {
    const menu = part("hall-menu");
    menu.open = false;
    // a dialog gives the focus back to where it was: to the menu, which is still in sight
    menu.querySelector("summary").focus();
    hall[key.dataset.hall]();
  });
}
document.addEventListener("click", (event) => {
  const menu = part("hall-menu");
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && part("hall-menu")?.open) {
    part("hall-menu").open = false;
    part("hall-menu").querySelector("summary").focus();
  }
  if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
  event.preventDefault();
  part("find").focus();
});

const reads = [data.may.devices && "/devices", data.may.help && "/help"].filter(Boolean);
const look = data.may.alerts
  ? watchAlarms({
      get,
      reads,
      onChange: (found) => {
        alarms = found;
        show();
      },
      onEvent: (event) => {
        if (event.type !== "sign_language_wanted") return;
        news = heard(news, event);
        show();
      },
    })
  : async () => {};

window.navbatFeed({
  topic: "floor",
  onSnapshot: (snapshot) => take({ snapshot }),
  onEvent: (event) => take(event.type === "floor_figures" ? { figures: event } : { event }),
  onState: (connection) => {
    if (connection === "connected") lostAt = null;
    else if (lostAt === null && state.seq >= 0) lostAt = clock.now();
    show();
  },
});
setInterval(show, TICK);
show();
