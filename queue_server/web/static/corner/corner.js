/** A PC of the self-service corner: a session with a time limit, services, a helper's call. */

import { Refused } from "../api.js";
import { speaker, startingData, stopwatch, write } from "../page.js";
import { chime } from "./chime.js";
import { secondsLeft, viewOf, warningDue, warningsGiven } from "./corner_state.js";
import { watchToken } from "../pair/watch.js";
import { deviceCalls } from "./device_calls.js";
import { services } from "./services.js";

const TICK = 500;
const EVERY = 15000;
const HELP_EVERY = 3000;
/** The end is said for so long, ms. */
const OVER_FOR = 20000;
const VIEWS = ["idle", "session", "over", "refused"];

const data = startingData();
const first = data.language;
const { get, post } = deviceCalls(data.token);
watchToken("corner", data.token);
const sound = chime();
const part = (id) => document.getElementById(id);
const now = () => Date.now() + ahead;

let ahead = Date.parse(data.now) - Date.now();
let language = first;
let view = "wait";
let session = null;
let catalogue = null;
let given = [];
let noted = [];
let help = null;
let busy = false;

const say = (key, values) => speaker(data.words[language])(key, values);
const drawServices = services({ say, done });

function show(next) {
  const changed = next !== view;
  view = next;
  // the end is still said in the visitor's language
  if (view === "idle") language = first;
  document.body.dataset.view = view;
  for (const name of VIEWS) part(name).hidden = name !== view;
  for (const name of ["left", "more", "end", "tongues", "helper"]) part(name).hidden = view !== "session";
  if (changed && view === "session") part("services-title").focus();
  draw();
}

function draw() {
  document.documentElement.lang = language;
  document.title = say("corner.title");
  write(part("center"), data.center[language] ?? data.center[first]);
  for (const each of document.querySelectorAll("[data-say]")) write(each, say(each.dataset.say));
  for (const each of document.querySelectorAll("[data-say-label]")) {
    each.setAttribute("aria-label", say(each.dataset.sayLabel));
    each.setAttribute("placeholder", say(each.dataset.sayLabel));
  }
  for (const key of document.querySelectorAll("#tongues [data-tongue]")) {
    key.setAttribute("aria-pressed", String(key.dataset.tongue === language));
  }
  drawTime();
  drawHelp();
  if (view === "session") drawServices(catalogue, language, part("search").value, noted);
}

function drawTime() {
  const left = secondsLeft(session, now());
  const more = session?.extensions_left ?? 0;
  write(part("time"), stopwatch(left * 1000));
  write(part("more-say"), say("corner.more", { n: more }));
  part("more").setAttribute("aria-disabled", String(more === 0));
  part("warning-more").hidden = more === 0;
  if (!part("warning").hidden) writeWarning(left);
}

/** Says the time left in whole minutes: a countdown read aloud would drown everything. */
function writeWarning(left) {
  const [key, n] = left >= 60 ? ["warning_minutes", Math.ceil(left / 60)] : ["warning_soon", 1];
  write(part("warning-say"), say(`corner.${key}`, { n }));
}

function drawHelp() {
  const state = !help ? "helper" : help.answered_at ? "helper_comes" : "helper_called";
  write(part("helper-say"), say(`corner.${state}`));
  part("call").setAttribute("aria-disabled", String(help !== null && !help.answered_at));
  part("helper").dataset.state = state;
}

/** Takes the server's word on the session; a session that has ended clears everything. */
function take(answer) {
  ahead = Date.parse(answer.now) - Date.now();
  const before = view;
  session = answer;
  given = given.filter((at) => warningsGiven(secondsLeft(session, now())).includes(at));
  part("warning").hidden ||= given.length === 0;
  const next = viewOf(session, now());
  if (next === "session") show("session");
  else if (before === "session") clear("over");
  else if (before !== "over") show("idle");
}

function tick() {
  if (view !== "session") return;
  const left = secondsLeft(session, now());
  const due = warningDue(left, given);
  if (left === 0) {
    post("/corner/end").catch(() => null);
    clear("over");
    return;
  }
  if (due !== null) {
    given = warningsGiven(left);
    part("warning").hidden = false;
    sound.play();
  }
  drawTime();
}

/** Forgets the visitor: search, what was noted, the call. */
function clear(next) {
  noted = [];
  help = null;
  given = [];
  session = null;
  part("search").value = "";
  part("warning").hidden = true;
  show(next);
  if (next === "over") setTimeout(() => view === "over" && show("idle"), OVER_FOR);
}

/** Runs one command; a refusal is put right by reading again. */
async function act(run) {
  if (busy) return;
  busy = true;
  try {
    await run();
  } catch {
    await look();
  }
  busy = false;
}

async function look() {
  try {
    take(await get("/corner"));
    catalogue ??= await get("/catalogue");
    part("banner").hidden = true;
    draw();
  } catch (error) {
    const mine = error instanceof Refused && [401, 403].includes(error.status);
    part("banner").hidden = mine;
    if (mine) show("refused");
  }
}

const begin = (tongue) =>
  act(async () => {
    sound.wake();
    const begun = await post("/corner/begin");
    language = tongue;
    take(begun);
  });
const extend = () =>
  act(async () => {
    take(await post("/corner/extend"));
    part("services-title").focus();
  });
const end = () =>
  act(async () => {
    take(await post("/corner/end"));
    show("idle");
    window.scrollTo(0, 0);
  });

function done(service) {
  if (noted.includes(service.id)) return;
  act(async () => {
    await post("/diversions", { service: service.id });
    noted = [...noted, service.id];
    write(part("done"), say("corner.noted"));
    draw();
  });
}

const callHelper = () =>
  act(async () => {
    help = await post("/help", { reason: "corner", language });
    drawHelp();
  });

async function lookForHelper() {
  if (!help || help.answered_at) return;
  const mine = help.id;
  const answer = await get(`/help/${mine}`).catch(() => null);
  if (help?.id !== mine || !answer?.answered_at) return;
  help = answer;
  sound.play();
  drawHelp();
}

const open = (key) => key.getAttribute("aria-disabled") !== "true";
for (const key of document.querySelectorAll("#begin [data-tongue]")) {
  key.addEventListener("click", () => begin(key.dataset.tongue));
}
for (const key of document.querySelectorAll("#tongues [data-tongue]")) {
  key.addEventListener("click", () => {
    language = key.dataset.tongue;
    draw();
  });
}
for (const id of ["more", "warning-more"]) {
  part(id).addEventListener("click", () => open(part(id)) && extend());
}
part("end").addEventListener("click", end);
part("again").addEventListener("click", () => show("idle"));
part("call").addEventListener("click", () => open(part("call")) && callHelper());
part("search").addEventListener("input", draw);

setInterval(tick, TICK);
setInterval(() => busy || look(), EVERY);
setInterval(lookForHelper, HELP_EVERY);
look();
