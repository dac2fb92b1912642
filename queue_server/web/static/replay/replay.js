/** Replay: a day chosen, a minute shown, and the tape that runs from one to the next. */

import "../person_menu.js";

import { api, Refused } from "../api.js";
import { element, icon, speaker, startingData, write } from "../page.js";
import { drawCourse, fullHours } from "./replay_course.js";
import { hallView } from "./replay_hall.js";

const MINUTE = 60000;
/** The tape moves so many times a second, ms. */
const BEAT = 200;
/** Room that the name of an hour takes, pixels. */
const HOUR_WIDTH = 64;
/** Minutes that a page key moves. */
const LEAP = 15;

const data = startingData();
const say = speaker(data.texts);
const { get } = api(data.csrf_token);
const part = (id) => document.getElementById(id);
const wall = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: data.timezone });

/** What is shown: the day's course, the minute (it may lie between two while the tape runs). */
let course = null;
let minute = 0;
let playing = null;
/** minute → the hall then; of the day that is shown. */
let halls = new Map();
let asking = false;

const draw = hallView({ data, say, norm: () => course.norm });
const last = () => course.waiting.length - 1;
const instantOf = (at) => Date.parse(course.begin) + at * MINUTE;

async function showDay(day, at = null) {
  stop();
  const found = await answered(() => get(`/replay${day ? `?day=${day}` : ""}`));
  if (found === undefined) return;
  const empty = !found || found.begin === null;
  part("nothing").hidden = !empty;
  part("hall").hidden = empty;
  part("time").disabled = part("play").disabled = empty;
  course = empty ? null : found;
  halls = new Map();
  part("day").value = found?.day ?? day;
  neighbour("earlier", found?.earlier);
  neighbour("later", found?.later);
  if (empty) return clear();
  const most = Math.max(3, Math.floor(part("course").clientWidth / HOUR_WIDTH));
  const hours = fullHours(instantOf(0), found.waiting.length, (ms) => Number(wall.format(ms).slice(3)), most);
  drawCourse(part("course"), found, hours);
  part("hours").replaceChildren(...hours.map(hourMark));
  part("time").max = String(last());
  write(part("over-norm"), say("replay.over_norm", { n: found.norm }));
  go(at === null ? busiest() : minuteAt(at));
}

/** Returns the minute in which most waited: the reader begins where there is something to see. */
function busiest() {
  return course.waiting.indexOf(Math.max(...course.waiting));
}

function minuteAt(time) {
  const found = course.waiting.findIndex((_, each) => wall.format(instantOf(each)) === time);
  return found < 0 ? busiest() : found;
}

function hourMark(at) {
  const made = element("span", {}, wall.format(instantOf(at)));
  made.style.left = `${(100 * at) / Math.max(1, last())}%`;
  return made;
}

function neighbour(id, day) {
  part(id).disabled = !day;
  part(id).onclick = () => showDay(day);
}

function clear() {
  write(part("clock"), "–");
  part("course").replaceChildren();
  part("hours").replaceChildren();
}

/** Shows a minute; the slider follows at once, the hall as soon as it is known. */
function go(to) {
  minute = Math.max(0, Math.min(to, last()));
  const whole = Math.floor(minute);
  const time = wall.format(instantOf(whole));
  const slider = part("time");
  slider.value = String(whole);
  slider.setAttribute(
    "aria-valuetext",
    say("replay.moment", { time, waiting: course.waiting[whole], longest: say("staff.minutes", { n: course.longest[whole] }) }),
  );
  write(part("clock"), time);
  history.replaceState(null, "", `?day=${course.day}&at=${time}`);
  fetchHall();
}

/** Asks for the minute that is wanted now, one question at a time. */
async function fetchHall() {
  const day = course.day;
  const wanted = Math.floor(minute);
  const known = halls.get(wanted);
  if (known) return draw(known);
  if (asking) return;
  asking = true;
  const at = new Date(instantOf(wanted) + MINUTE - 1).toISOString();
  const found = await answered(() => get(`/replay/hall?day=${day}&at=${encodeURIComponent(at)}`));
  asking = false;
  if (!course || course.day !== day) return course && fetchHall();
  if (!found) return stop();
  halls.set(wanted, found);
  draw(found);
  if (Math.floor(minute) !== wanted) fetchHall();
}

/** Returns an answer; null where the server refuses it, undefined where there is none. */
async function answered(ask) {
  try {
    const found = await ask();
    part("banner").hidden = true;
    return found;
  } catch (error) {
    if (error instanceof Refused && error.status === 401) location.assign("/sign-in");
    if (error instanceof Refused) return null;
    part("banner").hidden = false;
    return undefined;
  }
}

function play() {
  if (minute >= last()) go(0);
  playing = setInterval(() => {
    // a hall that is late holds the tape: nothing is skipped unseen
    if (asking) return;
    go(minute + (Number(part("speed").value) * BEAT) / 1000);
    if (minute >= last()) stop();
  }, BEAT);
  key("pause", "break");
}

function stop() {
  clearInterval(playing);
  playing = null;
  key("play", "start");
}

function key(word, sign) {
  part("play").replaceChildren(icon(sign), element("span", {}, say(word === "play" ? "replay.play" : "replay.pause")));
}

function toggle() {
  if (!course) return;
  if (playing) stop();
  else play();
}

part("play").addEventListener("click", toggle);
part("time").addEventListener("input", () => go(Number(part("time").value)));
part("day").addEventListener("change", () => part("day").value && showDay(part("day").value));

/** Keys of the whole page; fields keep their own, the slider its arrows. */
const MOVES = {
  ArrowLeft: () => go(Math.ceil(minute) - 1),
  ArrowRight: () => go(Math.floor(minute) + 1),
  PageUp: () => go(minute - LEAP),
  PageDown: () => go(minute + LEAP),
  Home: () => go(0),
  End: () => go(last()),
};
document.addEventListener("keydown", (event) => {
  if (!course || event.ctrlKey || event.altKey || event.metaKey) return;
  const slider = event.target === part("time");
  if (!slider && event.target.closest("input, select, button, summary, a")) return;
  if (event.key === " ") toggle();
  else if (event.key in MOVES) MOVES[event.key]();
  else return;
  event.preventDefault();
});

const asked = new URLSearchParams(location.search);
showDay(asked.get("day") ?? data.today, asked.get("at"));
