/** The counter panel: joins state, view, keys and questions to the server. */

import { Refused, api } from "../api.js";
import { hallAlarms } from "../devices/hall_alarms.js";
import { historyDrawer } from "../history.js";
import { transferTo } from "../offers.js";
import { allowed, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { closeFromOutside, sessionEnded } from "../questions.js";
import { bellOn, ring, switchBell } from "./panel_bell.js";
import { detail, ending, listenToEnding, outcomeMarked, resetEnding, unsaid } from "./panel_ending.js";
import { freshFacts } from "./panel_facts.js";
import { favourite, keepFavourite } from "./panel_favourite.js";
import { keysOn, listenToKeys, switchKeys } from "./panel_keys.js";
import { panelMail } from "./panel_mail.js";
import { panelQuestions } from "./panel_questions.js";
import { apply, begins, free, noticed, ranked, secondsLeft, unknown } from "./panel_state.js";
import { panelView, panelWords } from "./panel_view.js";

/** The whole window is read again this often: what no event tells is put right. */
const REFRESH = 60000;
const TICK = 500;
const UNAUTHORISED = 401;

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
/** Whether the clerk was free, and for how many; who has begun to wait since: {text, at}. */
let idle = { free: false, count: 0 };
let waits = null;

const questions = panelQuestions(data, say);
const words = panelWords(data, say);
const draw = panelView({ data, say, clock, desk, handlers: { call, resume, revive } });
const visit = historyDrawer({ data, say, clock, get, post, onNote: readNotes });
const mail = panelMail({
  data,
  say,
  clock,
  get,
  post,
  person: words.person,
  onOver: (id) => keep(noticed(state, id)),
  onWaits: () => keep(state, null),
});

function keep(next, news = waits) {
  state = next;
  waits = news;
  show();
}

function show() {
  const now = clock.now();
  moves = moves.filter((move) => secondsLeft(move.at, data.rules.undo_within, now) > 0);
  const last = moves.at(-1);
  const undo = last && { ...last, seconds: secondsLeft(last.at, data.rules.undo_within, now) };
  noticeWaiting(now);
  draw(state, { live, undo, lostAt, mark: waits !== null && document.hidden }, now);
  mail.draw(state.over, waits);
}

/** Somebody begins to wait for a free clerk who looks elsewhere: the desktop, the title tell. */
function noticeWaiting(now) {
  const line = ranked(state.waiting, desk, now);
  const next = { free: free(state), count: line.length };
  if (!next.free || !next.count) waits = null;
  else if (begins(idle, next) && document.hidden) {
    const text = say("staff.somebody_waits", { number: line[0].number });
    waits = { text, at: new Date(now).toISOString() };
    ring(say("staff.window_number", { n: data.window }), text);
  }
  idle = next;
}

function take(message) {
  const before = state;
  state = apply(state, message, desk);
  if (state.hand?.id !== before.hand?.id) beginWith(state.hand);
  if (state.noted !== before.noted) readNotes(state.hand?.id);
  if (state.mail !== before.mail) mail.look();
  if (state.renewed !== before.renewed) renew();
  show();
}

function beginWith(hand) {
  resetEnding(say);
  part("hand-note").hidden = true;
  if (hand) readNotes(hand.id);
}

/** What colleagues have noted is told with the ticket; it comes a moment after it. */
async function readNotes(id) {
  if (!id || id !== state.hand?.id) return;
  const { notes } = await visit.read(id).catch(() => ({ notes: [] }));
  if (id !== state.hand?.id) return;
  part("hand-note").hidden = notes.length === 0;
  write(part("hand-note-text"), notes.at(-1)?.text ?? "");
  write(part("hand-note-count"), notes.length > 1 ? `+${notes.length - 1}` : "");
}

/** The catalogue or the window's duty has changed: the page's facts are read anew. */
async function renew() {
  const facts = await freshFacts().catch(() => null);
  if (facts) {
    Object.assign(data, { ...facts, texts: data.texts, now: data.now });
    Object.assign(desk, facts.desk);
    drawFavourite();
  }
  await refresh();
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
  if (error.status === UNAUTHORISED) return sessionEnded();
  const known = error instanceof Refused ? `error.${error.code}` : "error.offline";
  const { seconds: n } = error.problem ?? {};
  const left = n ? ` · ${say("staff.seconds", { n })}` : "";
  write(part("trouble"), say(known in data.texts ? known : "error.other") + left);
  if (error instanceof Refused) await refresh();
}

async function refresh() {
  try {
    take({ snapshot: await get(here) });
  } catch (error) {
    // the feed tells that the connection is lost; that the session is over, only this tells
    if (error.status === UNAUTHORISED) sessionEnded();
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

/** Ends the service where there is one, and keeps the window for the papers; again: it is done. */
async function wrapUp() {
  if (state.wrapping) return take({ snapshot: await post(`${here}/ready`) });
  if (state.hand) await move("finish", ending());
  take({ snapshot: await post(`${here}/wrap-up`) });
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

/** One press: to the cashier, or wherever this clerk sends most, and back. */
function sendAndBack() {
  return move("transfer", transferTo({ ...favourite(data), back: true }));
}

function drawFavourite() {
  const place = favourite(data);
  part("favourite").hidden = place === null;
  if (place === null) return;
  const names = {
    to_service: words.service,
    to_window: (number) => say("staff.window_number", { n: number }),
    to_clerk: words.person,
  };
  const label = say("staff.to_and_back", { place: names[place.kind](place.value) });
  part("favourite").setAttribute("aria-label", label);
  part("favourite").title = `${label} (C)`;
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
  favourite: sendAndBack,
  "wrap-up": wrapUp,
  close: async () => take({ snapshot: await post(`${here}/close`) }),
};
const QUESTIONS = {
  hold: [questions.whyHold, ({ reason, minutes }) => move("hold", { reason, minutes })],
  transfer: [questions.whereTo, transferred],
  leg: [questions.whichLeg, ({ value }) => move("leg", { service: value })],
};
/** What ends a service: who is turned away or sent elsewhere is asked about first. */
const ENDINGS = new Set(["next", "finish", "wrap-up"]);
const SHEETS = {
  shortcuts: () => part("key-sheet").showModal(),
  history: () => visit.open(state.hand.id),
  note: () => visit.open(state.hand.id, { noting: true }),
};

async function transferred(answer) {
  if (answer.keep) keepFavourite(data.person.login, answer);
  drawFavourite();
  await move("transfer", transferTo(answer));
}

/** Asks first, so that a question left open, or outlived by its ticket, changes nothing. */
async function asked(name) {
  const [question, run] = QUESTIONS[name];
  const { id, number } = state.hand;
  const answer = await question(number);
  if (answer && state.hand?.id === id) await act(name, () => run(answer));
}

/** A break begins with its reason. */
async function pause() {
  const answer = await questions.whyPause();
  if (!answer) return;
  const { reason } = answer;
  await act("pause", async () => take({ snapshot: await post(`${here}/pause`, { reason }) }));
}

/** Asks which document was missing, or where the visitor is sent; returns whether it was said. */
async function askEnding(outcome) {
  const { hand } = state;
  const question = outcome === "turned_away" ? questions.whichDocument : questions.whereForwarded;
  const answer = await question(hand);
  if (!answer || state.hand?.id !== hand.id) return false;
  const { reason, value } = answer;
  detail(outcome, { text: reason, ...(value ? { document: value } : { reason }) }, say);
  return true;
}

async function end(name) {
  const outcome = state.hand && unsaid();
  if (outcome && !(await askEnding(outcome))) return;
  await act(name, COMMANDS[name]);
}

const keyOf = (name) =>
  document.querySelector(`[data-move="${name}"], [data-visit="${name}"]`) ?? part(name);

function press(name) {
  if (running) pressed = name === running ? null : name;
  else if (keyOf(name).hidden || !allowed(keyOf(name))) return;
  else if (name in SHEETS) SHEETS[name]();
  else if (name === "pause") pause();
  else if (name in QUESTIONS) asked(name);
  else if (ENDINGS.has(name)) end(name);
  else act(name, COMMANDS[name]);
}

const NAMES = [COMMANDS, QUESTIONS, SHEETS].flatMap(Object.keys);
for (const name of [...NAMES, "pause"]) keyOf(name).addEventListener("click", () => press(name));
for (const key of document.querySelectorAll("[data-claim]")) {
  const run = () => confirm(key.dataset.claim === "true");
  key.addEventListener("click", () => allowed(key) && state.hand && act("confirm", run));
}
part("hand-note").addEventListener("click", () => state.hand && visit.open(state.hand.id));
part("ending-detail").addEventListener("click", ({ currentTarget: key }) => {
  if (allowed(key) && state.hand) askEnding(outcomeMarked());
});
listenToKeys(press);
listenToEnding(say);
drawFavourite();
// a clerk may not read how the devices are, only hear of what happens to them
hallAlarms({ data, say, clock, get, post, reads: ["/help"] });

part("keys-on").checked = keysOn();
part("keys-on").addEventListener("change", (event) => switchKeys(event.target.checked));
part("bell-on").checked = bellOn();
part("bell-on").addEventListener("change", async ({ target }) => {
  const wanted = target.checked;
  target.checked = await switchBell(wanted);
  part("bell-refused").hidden = target.checked || !wanted;
});
part("print-keys").addEventListener("click", () => window.print());
part("key-sheet").addEventListener("click", closeFromOutside);

window.navbatFeed({
  topic: `window.${data.window}`,
  onSnapshot: (snapshot) => take({ snapshot }),
  onEvent: (event) => take({ event }),
  onState: (connection) => {
    live = connection === "connected";
    if (live) {
      lostAt = null;
      mail.look();
    } else {
      if (lostAt === null && state.seq >= 0) lostAt = clock.now();
      // it may be the session that is over, and not the line
      refresh();
    }
    show();
  },
});
setInterval(show, TICK);
setInterval(() => live && !running && refresh(), REFRESH);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && live) refresh();
  show();
});
show();
