/** The counter panel: joins state, view, keys and questions to the server. */

import { Refused, api } from "../api.js";
import { placeKinds, serviceItems, transferTo } from "../offers.js";
import { allowed, serverClock, speaker, startingData, write } from "../page.js";
import { askOne, askReason, closeFromOutside } from "../questions.js";
import "../person_menu.js";
import { keysOn, listenToKeys, switchKeys } from "./panel_keys.js";
import { apply, secondsLeft, unknown } from "./panel_state.js";
import { panelView } from "./panel_view.js";

/** The whole window is read again this often: what no event tells is put right. */
const REFRESH = 60000;
const TICK = 500;
const WHY_HOLD = ["missing_document", "filling_form", "payment", "photo", "consultation"];
const OUT_OF_ORDER = ["came_late", "with_child", "unwell", "visitor_asked", "document_checked", "wrong_service"];

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

const draw = panelView({ data, say, clock, desk, handlers: { call, resume, revive } });

function show() {
  const now = clock.now();
  moves = moves.filter((move) => secondsLeft(move.at, data.rules.undo_within, now) > 0);
  const last = moves.at(-1);
  const undo = last && { ...last, seconds: secondsLeft(last.at, data.rules.undo_within, now) };
  draw(state, { live, undo, lostAt }, now);
}

function take(message) {
  state = apply(state, message, desk);
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
  if (error instanceof Refused && error.status === 401) location.assign("/sign-in?next=/panel");
  const known = error instanceof Refused ? `error.${error.code}` : "error.offline";
  const seconds = error.problem?.seconds ? ` · ${say("staff.seconds", { n: error.problem.seconds })}` : "";
  write(part("trouble"), say(known in data.texts ? known : "error.other") + seconds);
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

function ending() {
  const chosen = (name) => document.querySelector(`[name=${name}]:checked`)?.value;
  return { outcome: chosen("outcome") ?? "solved", delivery: chosen("delivery") ?? null };
}

function resetEnding() {
  for (const choice of document.querySelectorAll("#ending input")) {
    choice.checked = choice.value === "solved";
  }
}

async function finish() {
  await move("finish", ending());
  resetEnding();
}

/** One press: ends the ticket in hand as it is marked, and calls the next one. */
async function next() {
  if (state.shift !== "open") return take({ snapshot: await post(`${here}/open`) });
  const { outcome, delivery } = ending();
  if (state.hand && (outcome !== "solved" || delivery)) await finish();
  const before = state.hand;
  const called = await post(`${here}/next`);
  if (before) done(before, { ...before, state: "finished", version: before.version + 1 });
  resetEnding();
  if (called) done(called, called);
  else write(part("trouble"), say("staff.nobody_waits"));
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
    const title = `${ticket.number} · ${say("staff.call_this_reason")}`;
    const answer = await askReason({ title, reasons: reasons(OUT_OF_ORDER) });
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
  finish,
  undo,
  recall: () => move("recall"),
  start: () => move("start"),
  "no-show": () => move("no-show"),
  return: () => move("return"),
  pause: async () => take({ snapshot: await post(`${here}/pause`) }),
  close: async () => take({ snapshot: await post(`${here}/close`) }),
};
const QUESTIONS = {
  hold: [whyHold, (answer) => move("hold", answer)],
  transfer: [whereTo, (answer) => move("transfer", transferTo(answer))],
  leg: [whichLeg, ({ value }) => move("leg", { service: value })],
};

function reasons(keys) {
  return keys.map((key) => say(`reason.${key}`));
}

function whyHold(number) {
  const title = `${say("staff.hold")} · ${number}`;
  return askReason({ title, reasons: reasons(WHY_HOLD), timed: true });
}

function whereTo(number) {
  const kinds = placeKinds(
    {
      ...data,
      windows: data.windows.filter((window) => window.number !== data.window),
      clerks: data.clerks.filter((clerk) => clerk.login !== data.person.login),
    },
    say,
  );
  const verb = say("staff.transfer");
  return askOne({ title: `${verb} · ${number}`, verb, kinds, back: true, nothing: say("staff.nothing_found") });
}

function whichLeg(number) {
  const verb = say("staff.add_leg");
  const kinds = [{ name: "service", label: "", items: serviceItems(data) }];
  return askOne({ title: `${verb} · ${number}`, verb, kinds, nothing: say("staff.nothing_found") });
}

/** Asks first, so that a question left open leaves everything as it was. */
async function asked(name) {
  const [question, run] = QUESTIONS[name];
  const answer = await question(state.hand.number);
  if (answer) await act(name, () => run(answer));
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
listenToKeys(press);

part("keys-on").checked = keysOn();
part("keys-on").addEventListener("change", (event) => switchKeys(event.target.checked));
part("key-sheet").addEventListener("click", closeFromOutside);
for (const choice of document.querySelectorAll("[name=delivery]")) {
  choice.addEventListener("click", uncheckAgain);
}

/** A way of delivery that was chosen by mistake is taken back by choosing it again. */
function uncheckAgain(event) {
  const choice = event.target;
  choice.checked = choice.dataset.was !== "true";
  for (const other of document.querySelectorAll("[name=delivery]")) other.dataset.was = String(other.checked);
}

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
