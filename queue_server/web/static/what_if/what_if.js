/** What if: asks what a plan would do to the waits, and watches what then happens. */

import { Refused, api } from "../api.js";
import { floorNames } from "../floor/floor_names.js";
import { apply, unknown } from "../floor/floor_state.js";
import { allow, allowed, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { answerViews } from "./what_if_answer.js";
import { drawCourse } from "./what_if_chart.js";
import { drawKept, planForm } from "./what_if_plan.js";
import { followed, newcomer, seenNow } from "./what_if_state.js";

const TICK = 5000;
/** The last answer lives as long as the browser's tab. */
const STORE = "navbat.what_if";
const MINUTE = 60000;

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const names = floorNames(data, say);
const part = (id) => document.getElementById(id);

let state = unknown();
let lostAt = null;
let rereading = false;
let kept = [];
/** What was asked, the answer, and what has really happened since: null before the first question. */
let watched = remembered();

const form = planForm({ data, say, names, clock, kept: () => kept });
const views = answerViews({ say, names, clock, clerk: (login) => names.clerk(state, login) });

function show() {
  write(part("clock"), clock.wall(clock.now()));
  part("banner").hidden = lostAt === null;
  write(part("banner-text"), lostAt === null ? "" : say("staff.connection_lost_at", { time: clock.wall(lostAt) }));
  if (state.seq < 0) return;
  form.draw(state);
  allow(part("look"), true);
  if (watched) drawWatch();
}

/** Draws the courses, and over them what has really happened. */
function drawWatch() {
  const { answer, real, called } = watched;
  const from = Date.parse(answer.at);
  const now = Math.min(clock.now(), from + answer.points.at(-1) * MINUTE);
  const common = { from, points: answer.points, until: now, clock };
  part("newcomer").hidden = ![...answer.now.newcomer, ...answer.then.newcomer].some(Boolean);
  const label = (name) => `${say(`what_if.${name}`)}: ${say("what_if.as_table")}`;
  drawCourse(part("chart-waiting"), { ...common, now: answer.now.waiting, then: answer.then.waiting, real, dots: [], label: label("how_many") });
  drawCourse(part("chart-newcomer"), {
    ...common,
    now: answer.now.newcomer,
    then: answer.then.newcomer,
    real: [],
    dots: called.map(({ at, minutes }) => ({ at, n: minutes })),
    label: label("newcomer"),
  });
  const { which, minutes } = followed(answer, real, clock.now());
  part("verdict").dataset.which = which;
  write(part("verdict"), say(`what_if.follows_${which}`, { n: Math.max(minutes, 0) }));
}

/** Draws an answer once; what happens afterwards is drawn over it. */
function drawAnswer() {
  const { answer, asked } = watched;
  part("nothing").hidden = true;
  for (const id of ["summary", "course", "effects"]) part(id).hidden = false;
  views.words(answer, asked.map(form.sentence).join(" · "));
  views.effects(answer, document.querySelector("[name=measure]:checked").value);
  views.course(answer);
  drawWatch();
}

/** Asks what was kept and what the form says, as one plan. */
async function look(wish) {
  if (!wish || !allowed(part("look"))) return;
  const changes = [...kept, wish];
  await waiting(part("look"), async () => {
    const answer = await post("/floor/what-if", { changes });
    watched = { asked: changes, answer, real: seenNow([], Date.parse(answer.at), state.waiting.length), called: [] };
    remember();
    drawAnswer();
    part("summary").focus();
    part("summary").scrollIntoView({ block: "nearest" });
  }, (error) => form.fault(explained(error), error.problem?.field, changes));
}

async function advise() {
  if (!allowed(part("advise"))) return;
  form.clearFaults();
  await waiting(part("advise"), async () => {
    views.advice(await post("/floor/what-if/advice"), (window) => {
      kept = [];
      keptChanged();
      look({ kind: "open", window });
    });
  }, (error) => write(part("advise-fault"), explained(error)));
}

/** Runs a question; meanwhile its key is shut and the answer is marked as being made. */
async function waiting(key, ask, failed) {
  allow(key, false);
  part("answer").setAttribute("aria-busy", "true");
  try {
    await ask();
  } catch (error) {
    if (error.status === 401) location.assign("/sign-in?next=/what-if");
    failed(error);
  }
  part("answer").setAttribute("aria-busy", "false");
  allow(key, true);
}

function explained(error) {
  if (!(error instanceof Refused)) return say("error.offline");
  if (error.status === 429) return say("what_if.busy");
  const why = `what_if.fault_${error.problem.why}`;
  if (why in data.texts) return say(why);
  return say(`error.${error.code}` in data.texts ? `error.${error.code}` : "error.invalid");
}

function keptChanged() {
  drawKept(part("kept"), kept, form.sentence, say, (place) => {
    kept = kept.toSpliced(place, 1);
    keptChanged();
    part("look").focus();
  });
  if (state.seq >= 0) form.draw(state);
}

function take(message) {
  state = apply(state, message);
  if (state.stale) reread();
  if (watched) happened(message.event);
  show();
}

/** Notes what really happens after the question. */
function happened(event) {
  const before = watched;
  const since = Date.parse(watched.answer.at);
  const real = seenNow(watched.real, clock.now(), state.waiting.length);
  const dot = event && newcomer(event, since);
  watched = { ...watched, real, called: dot ? [...watched.called, dot] : watched.called };
  if (watched.real !== before.real || dot) remember();
}

async function reread() {
  if (rereading) return;
  rereading = true;
  try {
    state = apply(state, { snapshot: await get("/floor") });
  } catch {
    // the feed tells that the connection is lost, and brings a snapshot with the next one
  }
  rereading = false;
  show();
}

function remember() {
  sessionStorage.setItem(STORE, JSON.stringify(watched));
}

/** Returns the last question of this tab, unless its courses have ended long ago. */
function remembered() {
  try {
    const found = JSON.parse(sessionStorage.getItem(STORE));
    const end = Date.parse(found.answer.at) + 2 * found.answer.points.at(-1) * MINUTE;
    return end > clock.now() ? found : null;
  } catch {
    return null;
  }
}

part("form").addEventListener("submit", (event) => {
  event.preventDefault();
  if (state.seq >= 0) look(form.change());
});
part("keep").addEventListener("click", () => {
  const wish = state.seq >= 0 && form.change();
  if (!wish) return;
  kept = [...kept, wish];
  keptChanged();
});
part("advise").addEventListener("click", advise);
for (const radio of document.querySelectorAll("[name=measure]")) {
  radio.addEventListener("change", () => views.effects(watched.answer, radio.value));
}
new ResizeObserver(() => watched && drawWatch()).observe(part("answer"));

window.navbatFeed({
  topic: "floor",
  onSnapshot: (snapshot) => {
    const first = state.seq < 0;
    take({ snapshot });
    if (first && watched) drawAnswer();
  },
  onEvent: (event) => take(event.type === "floor_figures" ? { figures: event } : { event }),
  onState: (connection) => {
    if (connection === "connected") lostAt = null;
    else if (lostAt === null && state.seq >= 0) lostAt = clock.now();
    show();
  },
});
setInterval(show, TICK);
show();
