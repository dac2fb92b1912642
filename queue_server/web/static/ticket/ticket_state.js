/** What the visitor's page knows of its ticket: pure, each function returns the next value. */

/** Returns the ticket after an event of its topic; an older one changes nothing. */
export function applyEvent(ticket, event) {
  if (!("state" in event) || event.version < ticket.version) return ticket;
  const { state, window, called_at, recalls, version } = event;
  return { ...ticket, state, window, called_at, recalls, version };
}

/** Returns the ticket after the server's answer, which also knows how many are ahead. */
export function applyReply(ticket, reply) {
  return reply.version < ticket.version ? ticket : { ...ticket, ...reply };
}

/** Returns the expected wait as one phrase: soon, between, or "come back about". */
export function waitWords({ low, high }, { soon, long }, clock, say) {
  if (low >= long) return say("wait.long", { time: clock.wall(clock.now() + low * 60000) });
  if (high <= soon) return say("wait.soon");
  return say("wait.between", { a: low, b: high });
}
