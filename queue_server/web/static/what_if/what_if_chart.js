/** Draws two courses with their bands, and over them what really happened. */

import { axis } from "./what_if_state.js";

const SPACE = "http://www.w3.org/2000/svg";
const MINUTE = 60000;
const HEIGHT = 260;
const EDGE = { left: 34, right: 12, top: 10, bottom: 26 };

/**
 * Draws into `host`: `from` ms; `points` minutes; `now` and `then` bands or nulls; `real`, a line
 * of {at, n}; `dots` of {at, n}; `until` ms, as far as the real course is known; `label` to be
 * read aloud.
 */
export function drawCourse(host, { from, points, now, then, real, dots, until, clock, label }) {
  const width = Math.max(host.clientWidth, 240);
  const span = points.at(-1) || 1;
  const bands = [...now, ...then].filter(Boolean);
  const seen = [...real, ...dots].map(({ n }) => n);
  const lows = [...bands.map(({ low }) => low), ...seen];
  const most = Math.max(4, ...bands.map(({ high }) => high), ...seen);
  const { bottom, top, step } = axis(lows.length ? Math.min(...lows) : 0, most);
  const x = (minutes) => EDGE.left + (minutes / span) * (width - EDGE.left - EDGE.right);
  const y = (value) => HEIGHT - EDGE.bottom - ((value - bottom) / (top - bottom)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const at = (moment) => x(Math.min((moment - from) / MINUTE, span));
  const drawing = made("svg", { viewBox: `0 0 ${width} ${HEIGHT}`, height: HEIGHT, role: "img", "aria-label": label });
  drawing.append(
    ...grid(bottom, top, step, y, width),
    ...hours(from, span, x, clock, width),
    ...[["now", now], ["then", then]].map(([name, course]) => area(name, points, course, x, y)),
    ...[["now", now], ["then", then]].map(([name, course]) => middle(name, points, course, x, y)),
    ...(real.length ? [stairs(real, until, at, y)] : []),
    ...dots.filter((dot) => dot.at - from <= span * MINUTE).map((dot) =>
      made("circle", { class: "dot", cx: round(at(dot.at)), cy: round(y(dot.n)), r: 4 })),
  );
  host.replaceChildren(drawing);
}

function grid(bottom, top, step, y, width) {
  const found = [];
  for (let value = bottom; value <= top; value += step) {
    const line = value > bottom ? "grid" : "base";
    found.push(made("path", { class: line, d: `M${EDGE.left} ${round(y(value))}H${width - EDGE.right}` }));
    found.push(made("text", { class: "scale", x: EDGE.left - 8, y: round(y(value) + 4) }, value));
  }
  return found;
}

/** Writes the wall clock under every half hour, or every hour where there is little room. */
function hours(from, span, x, clock, width) {
  const found = [];
  const every = span > 120 || width < 420 ? 60 : 30;
  const first = Math.ceil(from / (every * MINUTE)) * every * MINUTE;
  for (let moment = first; moment <= from + span * MINUTE; moment += every * MINUTE) {
    const place = round(x((moment - from) / MINUTE));
    if (place > width - EDGE.right - 14) break;
    found.push(made("path", { class: "tick", d: `M${place} ${HEIGHT - EDGE.bottom}v5` }));
    found.push(made("text", { class: "hour", x: place, y: HEIGHT - 6 }, clock.wall(moment)));
  }
  return found;
}

function area(name, points, bands, x, y) {
  const parts = stretches(bands).map((places) => {
    const there = places.map((n) => `${round(x(points[n]))} ${round(y(bands[n].high))}`);
    const back = places.toReversed().map((n) => `${round(x(points[n]))} ${round(y(bands[n].low))}`);
    return `M${there.join("L")}L${back.join("L")}Z`;
  });
  return made("path", { class: `band band--${name}`, d: parts.join("") });
}

function middle(name, points, bands, x, y) {
  const parts = stretches(bands).map(
    (places) => `M${places.map((n) => `${round(x(points[n]))} ${round(y(bands[n].middle))}`).join("L")}`,
  );
  return made("path", { class: `line line--${name}`, d: parts.join("") });
}

/** Draws how many really waited: the number holds until it changes. */
function stairs(real, until, at, y) {
  const [first, ...others] = real;
  const steps = others.map(({ at: moment, n }) => `H${round(at(moment))}V${round(y(n))}`);
  const d = `M${round(at(first.at))} ${round(y(first.n))}${steps.join("")}H${round(at(until))}`;
  return made("path", { class: "line line--real", d });
}

/** Returns the places of bands that stand side by side, gap by gap. */
function stretches(bands) {
  const found = [];
  bands.forEach((band, place) => {
    if (!band) return;
    if (place && bands[place - 1]) found.at(-1).push(place);
    else found.push([place]);
  });
  return found;
}

function made(tag, attributes, text) {
  const found = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) found.setAttribute(name, value);
  if (text !== undefined) found.textContent = text;
  return found;
}

function round(value) {
  return Math.round(value * 10) / 10;
}
