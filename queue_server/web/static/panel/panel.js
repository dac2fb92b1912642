/** The counter panel: joins state, view, keys and questions to the server. */

import { Refused, api } from "../api.js";
import { hallAlarms } from "../devices/hall_alarms.js";
import { transferTo } from "../offers.js";
import { allowed, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { closeFromOutside } from "../questions.js";
import { ending, resetEnding, uncheckTwice } from "./panel_ending.js";
import { keysOn, listenToKeys, switchKeys } from "./panel_keys.js";
import { panelQuestions } from "./panel_questions.js";
import { apply, secondsLeft, unknown } from "./panel_state.js";
import { panelView } from "./panel_view.js";

/** The whole window is read again this often: what no event tells is put right. */
const REFRESH = 60000;
const TICK = 500;

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const here = `/windows/${data.window}`;
const desk = {
  ...data.desk,
  places: [`window:${data.window}`, `clerk:${data.person.login}`],
};
const part = (id) => document.getElementById(id);

let state = unknown(data.window);
/** The command that runs, and the press that waits for it to end. */
let running = null;
let pressed = null;
let live = false;
let lostAt = null;
/** The clerk's own last moves, the newest last; each can be taken back for a while. */
let moves = [];

const questions = panelQuestions(data, say);
const draw = panelView({ data, say, clock, desk, handlers: { call, resume, revive } });

function show() {
  const now = clock.now();
  moves = moves.filter((move) => secondsLeft(move.at, data.rules.undo_within, now) > 0);
  const last = moves.at(-1);
  const undo = last && { ...last, seconds: secondsLeft(last.at, data.rules.undo_within, now) };
  draw(state, { live, undo, lostAt }, now);
}

function take(message) {
  const before = state.hand?.id;
  state = apply(state, message, desk);
  if (state.hand?.id !== before) resetEnding();
  show();
}

/**
 * Runs one of the clerk's commands. The same press again is no second command, another one waits
 * for the first to end.
 */
async function act(name, run) {
  if (!live || running) return;
  running = name;
  write(part("trouble"), "");
  try {
    await run();
  } catch (error) {
    await explain(error);
  }
  running = null;
  show();
  const next = pressed;
  pressed = null;
  if (next) press(next);
}

async function explain(error) {
  if (error.status === 401) location.assign("/sign-in?next=/panel");
  const known = error instanceof Refused ? `error.${error.code}` : "error.offline";
  const { seconds: n } = error.problem ?? {};
  const left = n ? ` · ${say("staff.seconds", { n })}` : "";
  write(part("trouble"), say(known in data.texts ? known : "error.other") + left);
  if (error instanceof Refused) await refresh();
}

async function refresh() {
  try {
    take({ snapshot: await get(here) });
  } catch {
    // the feed tells that the connection is lost
  }
}

/** Notes a move that can be taken back: of each ticket only the last one. */
function done(before, ticket) {
  const { id, number } = before;
  settled(id);
  moves.push({ id, number, at: new Date(clock.now()).toISOString() });
  take({ reply: ticket });
}

function settled(id) {
  moves = moves.filter((move) => move.id !== id);
}

async function move(name, body = {}) {
  const { hand } = state;
  const reply = await post(`/tickets/${hand.id}/${name}`, { version: hand.version, ...body });
  if (name === "recall" || name === "leg") {
    settled(hand.id);
    take({ reply });
  } else {
    done(hand, reply);
  }
}

/** One press: ends the ticket in hand as it is marked, and calls the next one. */
async function next() {
  if (state.shift !== "open") return take({ snapshot: await post(`${here}/open`) });
  const before = state.hand;
  const called = await post(`${here}/next`, before ? ending() : {});
  if (before) done(before, { ...before, state: "finished", version: before.version + 1 });
  if (called) done(called, called);
  else write(part("trouble"), say("staff.nobody_waits"));
}

/** Notes whether the papers of the claimed category were shown. */
async function confirm(confirmed) {
  const { id, version } = state.hand;
  take({ reply: await post(`/tickets/${id}/confirm`, { confirmed, version }) });
}

async function undo() {
  const last = moves.pop();
  if (last) take({ reply: await post(`/tickets/${last.id}/undo`) });
}

function call(id) {
  const waiting = state.waiting.find((ticket) => ticket.id === id);
  const ticket = waiting ?? state.parked.find((parked) => parked.id === id);
  act("call", () => callThis(ticket, {}));
}

/** Asks for a reason only where the rule wants one; the server knows. */
async function callThis(ticket, reason) {
  try {
    const called = await post(`${here}/call`, { ticket: ticket.id, ...reason });
    done(called, called);
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== "reason_required") throw error;
    const answer = await questions.whyOutOfOrder(ticket.number);
    if (answer) await callThis(ticket, { reason: answer.reason });
  }
}

function resume(id) {
  act("resume", async () => take({ reply: await post(`/tickets/${id}/resume`) }));
}

function revive(id) {
  act("revive", async () => take({ reply: await post(`/tickets/${id}/revive`) }));
}

/** What each key does; those that ask first run only once they are answered. */
const COMMANDS = {
  next,
  undo,
  finish: () => move("finish", ending()),
  recall: () => move("recall"),
  start: () => move("start"),
  "no-show": () => move("no-show"),
  return: () => move("return"),
  pause: async () => take({ snapshot: await post(`${here}/pause`) }),
  close: async () => take({ snapshot: await post(`${here}/close`) }),
};
const QUESTIONS = {
  hold: [questions.whyHold, (answer) => move("hold", answer)],
  transfer: [questions.whereTo, (answer) => move("transfer", transferTo(answer))],
  leg: [questions.whichLeg, ({ value }) => move("leg", { service: value })],
};

/** Asks first, so that a question left open, or outlived by its ticket, changes nothing. */
async function asked(name) {
  const [question, run] = QUESTIONS[name];
  const { id, number } = state.hand;
  const answer = await question(number);
  if (answer && state.hand?.id === id) await act(name, () => run(answer));
}

const keyOf = (name) => document.querySelector(`[data-move="${name}"]`) ?? part(name);

function press(name) {
  if (name === "shortcuts") part("key-sheet").showModal();
  else if (running) pressed = name === running ? null : name;
  else if (!allowed(keyOf(name))) return;
  else if (name in QUESTIONS) asked(name);
  else act(name, COMMANDS[name]);
}

for (const name of [...Object.keys(COMMANDS), ...Object.keys(QUESTIONS), "shortcuts"]) {
  keyOf(name).addEventListener("click", () => press(name));
}
for (const key of document.querySelectorAll("[data-claim]")) {
  const run = () => confirm(key.dataset.claim === "true");
  key.addEventListener("click", () => allowed(key) && state.hand && act("confirm", run));
}
listenToKeys(press);
// a clerk may not read how the devices are, only hear of what happens to them
hallAlarms({ data, say, clock, get, post, reads: ["/help"] });

part("keys-on").checked = keysOn();
part("keys-on").addEventListener("change", (event) => switchKeys(event.target.checked));
part("key-sheet").addEventListener("click", closeFromOutside);
uncheckTwice();

window.navbatFeed({
  topic: `window.${data.window}`,
  onSnapshot: (snapshot) => take({ snapshot }),
  onEvent: (event) => take({ event }),
  onState: (connection) => {
    live = connection === "connected";
    if (live) lostAt = null;
    else if (lostAt === null && state.seq >= 0) lostAt = clock.now();
    show();
  },
});
setInterval(show, TICK);
setInterval(() => live && !running && refresh(), REFRESH);
document.addEventListener("visibilitychange", () => !document.hidden && live && refresh());
show();
