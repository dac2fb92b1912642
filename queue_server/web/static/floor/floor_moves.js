/** What the supervisor does to windows and visitors: each move asks first, then tells the server. */

/** move → the states of a ticket that it may start from (domain/ticket.py). */
const FROM = {
  call: ["waiting", "on_hold", "no_show"],
  transfer: ["waiting"],
  category: ["waiting"],
  return: ["called"],
  resume: ["on_hold"],
  revive: ["no_show"],
  cancel: ["waiting", "on_hold", "no_show"],
};
/** move → what of `may` it takes. */
const NEEDS = { return: "serve", resume: "serve" };

/** Returns the moves that are open to a ticket in the hands of somebody who `may`. */
export function ticketMoves(ticket, may) {
  return Object.keys(FROM).filter(
    (move) => FROM[move].includes(ticket.state) && may[NEEDS[move] ?? move],
  );
}

/** Returns the moves that are open to a window. */
export function windowMoves(window, may) {
  const shift = {
    closed: ["open"],
    open: ["pause", "close"],
    wrap_up: ["pause", "close"],
    paused: ["end_pause", "close"],
  }[window.state];
  return [
    ...(may.windows ? shift : []),
    ...(may.skills ? ["duty"] : []),
    ...(may.message ? ["write"] : []),
  ];
}

/**
 * Returns {window(move, number), ticket(move, ticket)}: both ask, then run; `ask` are the
 * questions, `run(work)` does the work and tells of a refusal.
 */
export function floorMoves({ ask, post, run, known, names }) {
  const about = (number) => names.window(number);

  const windows = {
    async open(number) {
      const clerk = await ask.whichClerk(known(), number);
      const why = clerk && (await ask.why("open", about(number)));
      return why && (() => post(`/windows/${number}/open`, { clerk: clerk.value, reason: why.reason }));
    },
    async pause(number) {
      const why = await ask.why("pause", about(number));
      return why && (() => post(`/windows/${number}/pause`, { reason: why.reason }));
    },
    async end_pause(number) {
      return () => post(`/windows/${number}/open`, {});
    },
    async close(number) {
      const why = await ask.why("close", about(number));
      return why && (() => post(`/windows/${number}/close`, { reason: why.reason }));
    },
  };

  const tickets = {
    async call(ticket) {
      const window = await ask.whichWindow(known(), ticket);
      const why = window && (await ask.why("call", `${ticket.number} → ${about(window.value)}`));
      const body = { ticket: ticket.id, reason: why?.reason };
      return why && (() => post(`/windows/${window.value}/call`, body));
    },
    async transfer(ticket) {
      const where = await ask.whereTo(known(), ticket);
      const why = where && (await ask.why("transfer", ticket.number));
      return why && (() => move(ticket, "transfer", { ...where, reason: why.reason }));
    },
    async category(ticket) {
      const chosen = await ask.whichCategory(ticket);
      const why = chosen && (await ask.why("category", ticket.number));
      const body = { category: chosen?.value || null, reason: why?.reason };
      return why && (() => move(ticket, "category", body));
    },
    async return(ticket) {
      const why = await ask.why("return", ticket.number);
      return why && (() => move(ticket, "return", { reason: why.reason }));
    },
    async cancel(ticket) {
      const why = await ask.why("cancel", ticket.number);
      return why && (() => move(ticket, "cancel", { reason: why.reason }));
    },
    resume: async (ticket) => () => move(ticket, "resume"),
    revive: async (ticket) => () => move(ticket, "revive"),
  };

  // the version that was seen: who was called meanwhile is not moved by mistake
  const move = (ticket, name, body = {}) =>
    post(`/tickets/${ticket.id}/${name}`, { version: ticket.version, ...body });

  async function asked(moves, name, subject) {
    const work = await moves[name](subject);
    if (work) await run(name, work);
  }

  return {
    window: (name, number) => asked(windows, name, number),
    ticket: (name, ticket) => asked(tickets, name, ticket),
  };
}
