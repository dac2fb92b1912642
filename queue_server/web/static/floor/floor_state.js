/**
 * What the floor knows of the hall, as one value; apply(state, message) returns the next one.
 *
 * Messages: {snapshot}, an {event} of the topic `floor`, or its {figures}, which stand in no log.
 */

const AT_WINDOW = new Set(["called", "serving"]);
const PARKED = new Set(["on_hold", "no_show"]);
const SHIFTS = {
  window_opened: "open",
  window_resumed: "open",
  window_wrap_up_ended: "open",
  window_paused: "paused",
  window_wrap_up_began: "wrap_up",
  window_closed: "closed",
};
/** After these only the server knows what the hall looks like. */
const REREAD = new Set([
  "day_opened",
  "duty_changed",
  "duty_ended",
  "issuing_closed",
  "issuing_opened",
  "hall_suspended",
  "hall_resumed",
  "day_closed",
  "person_added",
  "person_changed",
  "person_disabled",
  "person_enabled",
]);
/** After these the names on the page may be wrong, too. */
const RELOAD = new Set(["catalogue_imported", "catalogue_changed"]);
const MINUTE = 60000;

/** Returns a floor of which nothing is known yet. */
export function unknown() {
  return {
    seq: -1,
    halted: null,
    norm: 15,
    windows: [],
    waiting: [],
    parked: [],
    clerks: [],
    closures: [],
    figures: { groups: [], alerts: [], day: null, expected: {} },
    stale: false,
    outdated: false,
  };
}

/** Returns the state after a message: {snapshot} | {event} | {figures}. */
export function apply(state, { snapshot, event, figures }) {
  if (snapshot) return fromSnapshot(state, snapshot);
  if (figures) return { ...state, figures };
  if (event.seq <= state.seq) return state;
  const next = { ...state, seq: event.seq };
  if (event.type in SHIFTS) return fromShift(next, event);
  if (event.ticket && typeof event.ticket === "object") return fromTicket(next, event);
  if (RELOAD.has(event.type)) return { ...next, stale: true, outdated: true };
  return REREAD.has(event.type) ? { ...next, stale: true } : next;
}

/** Returns since when a ticket has been waiting: domain/alerting.py says so. */
export function waitsSince(ticket) {
  return Date.parse(ticket.called_at ? ticket.since : ticket.issued_at);
}

/** Returns whether a ticket may not be called yet. */
export function delayed(ticket, now) {
  return Boolean(ticket.not_before) && Date.parse(ticket.not_before) > now;
}

/** Returns in how many minutes a ticket that waits is likely to be called, or null. */
export function expectedOf({ figures }, ticket) {
  return ticket.state === "waiting" ? (figures.expected?.[ticket.id] ?? null) : null;
}

/** Returns whether a ticket that is within the norm (ms) will have waited longer once it is called. */
export function willMiss(state, ticket, norm, now) {
  const waited = now - waitsSince(ticket);
  const expected = expectedOf(state, ticket);
  return expected !== null && waited <= norm && waited + expected * MINUTE > norm;
}

/** Returns how a wait stands to the norm, both in ms: green, amber or red. */
export function level(waited, norm, near) {
  if (waited > norm) return "red";
  return waited > near * norm ? "amber" : "green";
}

/** Returns group → {waiting, waited}: how many wait, and how long the one who waits longest, ms. */
export function lines(waiting, groupOf, now) {
  const found = new Map();
  for (const ticket of waiting) {
    const line = found.get(groupOf(ticket)) ?? { waiting: 0, waited: 0 };
    const waited = delayed(ticket, now) ? 0 : now - waitsSince(ticket);
    found.set(groupOf(ticket), {
      waiting: line.waiting + 1,
      waited: Math.max(line.waited, waited),
    });
  }
  return found;
}

/** Returns those of the tickets that are in the group and whose number has what was typed. */
export function found(tickets, { group, typed }, groupOf) {
  const wanted = typed.replace(/[\s-]/g, "").toUpperCase();
  return tickets.filter(
    (ticket) => (!group || groupOf(ticket) === group) && matchesNumber(ticket.number, wanted),
  );
}

/**
 * Returns what is wrong with what happens at a window, or null: `long`, a service that lasts
 * `overlong` times what is planned, or `missing`, a called visitor who has not come for so long.
 */
export function strained(ticket, planned, now, { overlong, missing }) {
  const lasted = now - Date.parse(ticket.state === "called" ? ticket.called_at : ticket.since);
  if (ticket.state === "called") return lasted > missing * 1000 ? "missing" : null;
  return lasted > overlong * planned * MINUTE ? "long" : null;
}

/** Returns the services that no window would take any more if one took just `takes`. */
export function orphans(windows, number, takes) {
  const before = windows.find((window) => window.number === number);
  const others = windows.filter((window) => window.number !== number);
  return Object.keys(before?.takes ?? {}).filter(
    (service) => !(service in takes) && !others.some((window) => service in window.takes),
  );
}

/**
 * Returns a duty's lists for {service: level}: a group of which all have one level is named by its
 * letter.
 */
export function folded(levels, services) {
  const lists = { groups: [], services: [], helps: [] };
  const groups = [...new Set(services.map(({ group }) => group))];
  for (const group of groups) {
    const members = services.filter((service) => service.group === group).map(({ id }) => id);
    for (const wanted of [1, 2]) {
      const taken = members.filter((id) => levels[id] === wanted);
      const whole = taken.length === members.length;
      const names = wanted === 1 ? (whole ? lists.groups : lists.services) : lists.helps;
      names.push(...(whole ? [group] : taken));
    }
  }
  return lists;
}

/** "42" finds A042 and R142, "A42" finds A042 alone. */
function matchesNumber(number, wanted) {
  const [, letter, count] = /^([A-Z]?)0*(.*)$/.exec(wanted);
  return number.startsWith(letter) && number.slice(1).includes(count);
}

function fromSnapshot(state, seen) {
  if (seen.seq < state.seq) return state;
  const { seq, halted, norm, windows, waiting, parked, clerks, closures, figures } = seen;
  return {
    ...state,
    seq,
    halted,
    norm,
    windows,
    waiting: [...waiting].sort(arrival),
    parked,
    clerks,
    closures,
    figures,
    stale: false,
  };
}

function fromShift(state, { type, window: number, clerk, reason, at }) {
  const shift = SHIFTS[type];
  const gone = { clerk: null, opened_at: null, reason: null, ticket: null };
  return inWindow(state, number, (window) => ({
    ...window,
    state: shift,
    clerk,
    since: at,
    reason: shift === "paused" ? (reason ?? null) : null,
    opened_at: type === "window_opened" ? at : window.opened_at,
    ...(shift === "closed" ? gone : {}),
  }));
}

function fromTicket(state, event) {
  const facts = asShown(event, known(state, event.ticket.id));
  const next = overtaken(without(state, facts.id, event.at), event.overtook ?? []);
  if (facts.state === "waiting") return { ...next, waiting: inserted(next.waiting, facts) };
  if (AT_WINDOW.has(facts.state)) {
    const taken = { ticket: facts, since: facts.since };
    return inWindow(next, facts.window, (window) => ({ ...window, ...taken }));
  }
  return PARKED.has(facts.state) ? { ...next, parked: [...next.parked, facts] } : next;
}

/** An event leaves out what is absent, and when the present state began. */
function asShown({ ticket, at, reason }, before) {
  const same = before && before.state === ticket.state;
  return {
    called_at: null,
    not_before: null,
    hold_until: null,
    category: null,
    claimed: null,
    window: null,
    clerk: null,
    slot: null,
    promised: null,
    needs: [],
    ...ticket,
    overtaken: before?.overtaken ?? 0,
    reason: reason ?? null,
    since: same ? before.since : at,
  };
}

function known(state, id) {
  const hands = state.windows.map((window) => window.ticket).filter(Boolean);
  return [...state.waiting, ...state.parked, ...hands].find((ticket) => ticket.id === id);
}

function without(state, id, at) {
  const others = (tickets) =>
    tickets.some((ticket) => ticket.id === id)
      ? tickets.filter((ticket) => ticket.id !== id)
      : tickets;
  const left = (window) => (window.ticket?.id === id ? { ...window, ticket: null, since: at } : window);
  return {
    ...state,
    waiting: others(state.waiting),
    parked: others(state.parked),
    windows: state.windows.map(left),
  };
}

function overtaken(state, ids) {
  if (ids.length === 0) return state;
  const count = (ticket) =>
    ids.includes(ticket.id) ? { ...ticket, overtaken: ticket.overtaken + 1 } : ticket;
  return { ...state, waiting: state.waiting.map(count) };
}

function inserted(waiting, ticket) {
  const place = waiting.findIndex((other) => arrival(ticket, other) < 0);
  return place < 0 ? [...waiting, ticket] : waiting.toSpliced(place, 0, ticket);
}

function inWindow(state, number, change) {
  const windows = state.windows.map((window) =>
    window.number === number ? change(window) : window,
  );
  return { ...state, windows };
}

function arrival(one, other) {
  return (
    Date.parse(one.order_key) - Date.parse(other.order_key) ||
    Date.parse(one.issued_at) - Date.parse(other.issued_at) ||
    one.serial - other.serial
  );
}
