/** What the page makes of an answer and of the hall's real course: pure values, no page. */

const MINUTE = 60000;
/** The real course says nothing before so many minutes, and so many points. */
const EARLY = 15;
const POINTS = 3;
/** Two courses are told apart where their middles are so many half widths of a band apart. */
const APART = 1;
/** Whoever is further away than so many half widths has left a band. */
const OUTSIDE = 2;
/** One course is followed when its distance is so much smaller than the other's. */
const MUCH = 0.6;
/** An axis leaves out what is under so much of its highest value, if nothing lies there. */
const FAR_UP = 0.4;

/** Returns the moments that one may choose, ms: every `step` minutes, up to `furthest` minutes on. */
export function moments(now, furthest, step) {
  const found = [];
  const length = step * MINUTE;
  for (let at = Math.floor(now / length + 1) * length; at <= now + furthest * MINUTE; at += length) {
    found.push(at);
  }
  return found;
}

/**
 * Returns {sign, key, values} for a change of a measure: better, worse, or even; `key` of the
 * texts, with whole minutes, or visitors of a hundred.
 */
export function inWords(change, measure) {
  if (!change.clear) return { sign: "even", key: "no_difference", values: {} };
  const share = measure === "within_norm";
  const scale = share ? 100 : 1;
  const down = change.mean < 0;
  const ends = [change.low, change.high].map((end) => Math.max(0, (down ? -end : end) * scale));
  const [low, high] = ends.map(Math.round).sort((one, two) => one - two);
  return {
    sign: down === share ? "worse" : "better",
    key: share ? (down ? "fewer" : "more") : down ? "shorter" : "longer",
    values: { n: Math.max(1, Math.round(Math.abs(change.mean) * scale)), low, high },
  };
}

/** Returns the real course after one more look: [{at, n}], a new point only where n has changed. */
export function seenNow(real, at, n) {
  const last = real.at(-1);
  if (last && (last.n === n || at < last.at)) return real;
  return [...real, { at, n }];
}

/** Returns how many waited at a moment, or null before the first look. */
export function numberAt(real, at) {
  return real.findLast((point) => point.at <= at)?.n ?? null;
}

/** Returns {at, minutes} for a newcomer who has just been called for the first time, or null. */
export function newcomer(event, since) {
  const ticket = event.ticket;
  if (event.type !== "ticket_called" || !ticket || (ticket.recalls ?? 0) > 0) return null;
  const came = Date.parse(ticket.issued_at);
  if (came < since) return null;
  return { at: came, minutes: Math.max(0, Date.parse(event.at) - came) / MINUTE };
}

/**
 * Returns which course the hall has followed: `now`, `then`, `between`, `neither`, `alike` where
 * the two are too close to tell, or `early`; and the minutes that have passed.
 */
export function followed(answer, real, now) {
  const begun = Date.parse(answer.at);
  const minutes = Math.floor((now - begun) / MINUTE);
  const end = answer.points.at(-1);
  const reached = answer.points
    .map((point, place) => ({ place, n: numberAt(real, begun + point * MINUTE), point }))
    .filter(({ point, n }) => point > 0 && point <= Math.min(minutes, end) && n !== null);
  if (minutes < EARLY || reached.length < POINTS) return { which: "early", minutes };
  const told = reached.map(({ place, n }) => distances(answer.now.waiting[place], answer.then.waiting[place], n));
  const apart = told.filter((each) => each.apart);
  if (apart.length < POINTS) return { which: "alike", minutes };
  const distance = (name) => mean(apart.map((each) => each[name]));
  const between = mean(apart.map((each) => Number(each.between))) > 0.5;
  return { which: nearer(distance("now"), distance("then"), between), minutes };
}

/**
 * Returns the ends of an axis, and the distance of its lines; values that are all far from nothing
 * are seen from near.
 */
export function axis(least, most) {
  const steps = [1, 2, 5, 10, 20, 50, 100, 200, 500];
  const far = least > FAR_UP * most;
  const step = steps.find((each) => (most - (far ? least : 0)) / each <= 5) ?? 1000;
  const bottom = far ? step * Math.floor(least / step) : 0;
  return { bottom, top: Math.max(step * Math.ceil(most / step), bottom + step * 2), step };
}

function distances(now, then, n) {
  const half = (band) => Math.max((band.high - band.low) / 2, 1);
  const wide = Math.max(half(now), half(then));
  return {
    apart: Math.abs(now.middle - then.middle) >= APART * wide,
    between: (n - now.middle) * (n - then.middle) <= 0,
    now: Math.abs(n - now.middle) / half(now),
    then: Math.abs(n - then.middle) / half(then),
  };
}

function nearer(now, then, between) {
  if (Math.min(now, then) > OUTSIDE && !between) return "neither";
  if (then < MUCH * now) return "then";
  if (now < MUCH * then) return "now";
  return "between";
}

function mean(values) {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
