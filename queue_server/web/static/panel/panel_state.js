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

/** move → the states of the ticket in hand that it may start from: MOVES of domain/ticket.py. */
const MOVES = {
  recall: ["called"],
  start: ["called"],
  return: ["called"],
  "no-show": ["called"],
  finish: ["serving"],
  hold: ["called", "serving"],
  transfer: ["called", "serving"],
  leg: ["called", "serving"],
};

/** Returns a window of which nothing is known yet. */
export function unknown(number) {
  return {
    seq: -1,
    window: number,
    shift: "unknown",
    clerk: null,
    hand: null,
    waiting: [],
    parked: [],
    versions: {},
  };
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
  return {
    ...state,
    seq: seen.seq,
    shift: seen.state,
    clerk: seen.clerk,
    hand: seen.ticket,
    waiting,
    parked: seen.parked,
    versions: Object.fromEntries(known.map((ticket) => [ticket.id, ticket.version])),
  };
}

function fromEvent(state, event, desk) {
  if (event.seq <= state.seq) return state;
  const next = { ...state, seq: event.seq };
  if (event.type in SHIFTS) {
    const shift = SHIFTS[event.type];
    return { ...next, shift, clerk: shift === "closed" ? null : event.clerk };
  }
  return event.ticket ? fromFacts(next, event, desk) : next;
}

function fromFacts(state, event, desk) {
  const facts = event.ticket;
  if (facts.version < (state.versions[facts.id] ?? 0)) return state;
  const next = without(state, facts.id, facts.version);
  if (facts.state === "waiting") return { ...next, waiting: [...next.waiting, facts] };
  if (AT_WINDOW.has(facts.state) && facts.window === state.window) {
    return { ...next, hand: asReply(facts, state.hand, event.at) };
  }
  return concerns(facts, desk)
    ? { ...next, parked: [...next.parked, { ...facts, since: event.at, reason: event.reason }] }
    : next;
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
