/**
 * What a counter panel knows, as one value; apply(state, message, desk) returns the next one.
 *
 * Messages: a snapshot of the window, an event of its topic, or the reply to the clerk's own
 * command, which may arrive before its event.
 */

/** Where everyone waits; other places are one window's or one clerk's. */
const QUEUE = "queue";
const AT_WINDOW = new Set(["called", "serving"]);
const SHIFTS = {
  window_opened: "open",
  window_resumed: "open",
  window_paused: "paused",
  window_closed: "closed",
};
/** Why the hall stands still, after an event. */
const HALTS = {
  hall_suspended: ({ reason }) => `suspended:${reason ?? ""}`,
  hall_resumed: () => null,
  day_closed: () => "closed",
  day_opened: () => null,
};
/** After these the page's own facts are out of date: whom the window takes, what is called what. */
const RENEWED = new Set(["duty_changed", "duty_ended", "catalogue_changed", "catalogue_imported"]);

/** move → the states of the ticket in hand that it may start from: MOVES of domain/ticket.py. */
const MOVES = {
  recall: ["called"],
  start: ["called"],
  return: ["called"],
  "no-show": ["called"],
  finish: ["serving"],
  hold: ["called", "serving"],
  transfer: ["called", "serving"],
  favourite: ["called", "serving"],
  leg: ["called", "serving"],
};

/** Returns a window of which nothing is known yet. */
export function unknown(number) {
  return {
    seq: -1,
    window: number,
    shift: "unknown",
    clerk: null,
    /** of a window that rests: {since, reason, by}; `by` is null where nobody said so */
    rest: null,
    /** since when the last visitor's papers are being finished */
    wrapping: null,
    /** why the hall stands still: null, "closed", or "suspended:<reason>" */
    halted: null,
    hand: null,
    waiting: [],
    parked: [],
    versions: {},
    /** holds that have run out and that nobody has looked at yet: {id, number, at} */
    over: [],
    /** how often a message has come, a note was written, and the page's facts have changed */
    mail: 0,
    noted: 0,
    renewed: 0,
  };
}

/** Returns the state once a hold's end has been noticed. */
export function noticed(state, id) {
  return { ...state, over: state.over.filter((each) => each.id !== id) };
}

/** Returns whether the clerk has nothing in hand and could call. */
export function free(state) {
  return state.shift === "open" && state.hand === null && state.wrapping === null;
}

/** Returns whether somebody begins to wait for a free clerk; `before` and `now` are {free, count}. */
export function begins(before, now) {
  return before.free && before.count === 0 && now.free && now.count > 0;
}

/** Returns whether papers may be finished now: after a service, and as the end of one. */
export function mayWrapUp(state) {
  return state.shift === "open" && (state.hand === null || state.hand.state === "serving");
}

/** Returns the state after a message: {snapshot} | {event} | {reply}. */
export function apply(state, message, desk) {
  if (message.snapshot) return fromSnapshot(state, message.snapshot);
  if (message.event) return fromEvent(state, message.event, desk);
  return fromReply(state, message.reply);
}

/** Returns whether a move is open to the ticket in hand, and in how many seconds it will be. */
export function may(state, move, now, rules) {
  const { hand } = state;
  if (state.shift !== "open" || !hand || !MOVES[move].includes(hand.state)) {
    return { now: false, seconds: 0 };
  }
  const left = move === "no-show" ? secondsLeft(hand.called_at, rules.least_call, now) : 0;
  return { now: left === 0, seconds: left };
}

/** Returns how many whole seconds are left of a span that began at `since`. */
export function secondsLeft(since, seconds, now) {
  if (!since) return 0;
  return Math.max(0, Math.ceil(seconds - (now - Date.parse(since)) / 1000));
}

/** Returns whom this desk may call, in the rule's order at this instant (domain/routing.py). */
export function ranked(waiting, desk, now) {
  const mine = waiting.filter((ticket) => eligible(ticket, desk, now));
  const levels = levelsNow(mine, desk, now);
  const level = (ticket) => (ticket.place === QUEUE ? levels[ticket.service] : 1);
  return mine.sort(
    (one, other) =>
      (one.place === QUEUE) - (other.place === QUEUE) ||
      level(one) - level(other) ||
      arrival(one, other),
  );
}

/** Returns whether this desk may call the ticket now. */
export function eligible(ticket, desk, now) {
  if (ticket.not_before && Date.parse(ticket.not_before) > now) return false;
  if (ticket.place !== QUEUE) return desk.places.includes(ticket.place);
  return (
    ticket.service in desk.takes &&
    ticket.needs.every((need) => desk.skills.includes(need)) &&
    (desk.languages.length === 0 || desk.languages.includes(ticket.language))
  );
}

function arrival(one, other) {
  return (
    Date.parse(one.order_key) - Date.parse(other.order_key) ||
    Date.parse(one.issued_at) - Date.parse(other.issued_at) ||
    one.serial - other.serial
  );
}

/**
 * A service that the desk only helps with counts as its own once the first ticket of its ordinary
 * or of its statutory line has waited; a statutory order key is the beginning of time.
 */
function levelsNow(tickets, desk, now) {
  const levels = {};
  const lines = new Set();
  for (const ticket of tickets.filter((each) => each.place === QUEUE).sort(arrival)) {
    const line = `${ticket.service} ${Date.parse(ticket.order_key) === 0}`;
    if (lines.has(line)) continue;
    lines.add(line);
    const { level, help_after: patience } = desk.takes[ticket.service];
    const waited = (now - Date.parse(ticket.issued_at)) / 1000;
    const here = patience !== null && waited >= patience ? 1 : level;
    levels[ticket.service] = Math.min(here, levels[ticket.service] ?? here);
  }
  return levels;
}

function fromSnapshot(state, seen) {
  if (seen.seq < state.seq) return state;
  const own = `window:${state.window}`;
  const waiting = seen.waiting.map((row) => ({ ...row, place: row.placed ? own : QUEUE }));
  const known = [...waiting, ...seen.parked, ...(seen.ticket ? [seen.ticket] : [])];
  const open = new Set(waiting.map(({ id }) => id));
  return {
    ...state,
    seq: seen.seq,
    shift: seen.state,
    clerk: seen.clerk,
    rest: restSeen(state, seen),
    wrapping: seen.wrapping_at ?? null,
    halted: seen.halted ?? null,
    over: state.over.filter(({ id }) => open.has(id)),
    hand: seen.ticket,
    waiting,
    parked: seen.parked,
    versions: Object.fromEntries(known.map((ticket) => [ticket.id, ticket.version])),
  };
}

/** A snapshot knows the reason of a break, but not who began it. */
function restSeen({ shift, rest }, seen) {
  const same = shift === seen.state ? rest : null;
  if (seen.state !== "paused") return seen.state === "closed" ? same : null;
  const since = seen.paused_at ?? same?.since ?? null;
  return { since, reason: seen.pause_reason ?? null, by: same?.by ?? null };
}

function fromEvent(state, event, desk) {
  if (event.seq <= state.seq) return state;
  const next = { ...state, seq: event.seq };
  const { type } = event;
  if (type in SHIFTS) return fromShift(next, event);
  if (type === "window_wrap_up_began") return { ...next, wrapping: event.at };
  if (type === "window_wrap_up_ended") return { ...next, wrapping: null };
  if (type === "message_sent") return { ...next, mail: state.mail + 1 };
  if (type in HALTS) return { ...next, halted: HALTS[type](event) };
  if (RENEWED.has(type)) return { ...next, renewed: state.renewed + 1 };
  if (type === "ticket_noted") return { ...next, noted: state.noted + 1 };
  return event.ticket ? fromFacts(next, event, desk) : next;
}

function fromShift(next, { type, at, clerk, by = null, reason = null }) {
  const shift = SHIFTS[type];
  const rest = shift === "open" ? null : { since: at, reason, by };
  const wrapping = type === "window_resumed" ? next.wrapping : null;
  return { ...next, shift, rest, wrapping, clerk: shift === "closed" ? null : clerk };
}

function fromFacts(state, event, desk) {
  const facts = event.ticket;
  if (facts.version < (state.versions[facts.id] ?? 0)) return state;
  const next = { ...without(state, facts.id, facts.version), over: overNow(state, event) };
  if (facts.state === "waiting") return { ...next, waiting: [...next.waiting, facts] };
  if (AT_WINDOW.has(facts.state) && facts.window === state.window) {
    return { ...next, hand: asReply(facts, state.hand, event.at) };
  }
  return concerns(facts, desk)
    ? { ...next, parked: [...next.parked, { ...facts, since: event.at, reason: event.reason }] }
    : next;
}

/** A hold of this window that has run out is told until something else becomes of its ticket. */
function overNow(state, { type, at, ticket: { id, number } }) {
  const others = state.over.filter((each) => each.id !== id);
  const ours = state.parked.some((each) => each.id === id && each.state === "on_hold");
  return type === "ticket_hold_ended" && ours ? [...others, { id, number, at }] : others;
}

/** Whether this desk may take up a parked ticket: its own hold, or a service that it takes. */
function concerns(facts, desk) {
  if (facts.state === "on_hold") return desk.places.includes(facts.place);
  return facts.state === "no_show" && facts.service in desk.takes;
}

/** Facts name the services of a visit, not which are done: that is kept from what was known. */
function asReply(facts, before, at) {
  const known = before && before.id === facts.id ? before : null;
  const legs = facts.legs.map((service) => {
    const leg = known?.legs.find((each) => each.service === service);
    return leg ?? { service, state: service === facts.service ? "in_hand" : "to_come" };
  });
  const since = known && known.state === facts.state ? known.since : at;
  // an event of before the claims has no such field
  const claimed = "claimed" in facts ? facts.claimed : (known?.claimed ?? null);
  return { ...facts, claimed, legs, since };
}

/** A reply knows more of the ticket in hand than its event; of others it knows less. */
function fromReply(state, ticket) {
  const known = state.versions[ticket.id] ?? 0;
  const here = AT_WINDOW.has(ticket.state) && ticket.window === state.window;
  if (ticket.version < known || (ticket.version === known && !here)) return state;
  const next = without(state, ticket.id, ticket.version);
  return here ? { ...next, hand: ticket } : next;
}

function without(state, id, version) {
  const others = (tickets) => tickets.filter((ticket) => ticket.id !== id);
  return {
    ...state,
    hand: state.hand && state.hand.id === id ? null : state.hand,
    waiting: others(state.waiting),
    parked: others(state.parked),
    versions: { ...state.versions, [id]: version },
  };
}
