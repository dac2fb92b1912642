/* What the visitor's page knows of its ticket: pure, each function returns a value.
 *
 * ES5, like all of this folder: a phone of 2015 reads it.
 */
var navbatTicket = (function () {
  "use strict";

  var FINAL = { finished: true, cancelled: true, expired: true };
  var CANCELS = { booked: true, waiting: true, on_hold: true, no_show: true };
  var BY_EVENT = ["state", "window", "called_at", "recalls", "version"];

  /* milliseconds between two looks: by how many are ahead while the socket lives, else by chance */
  var NEAR = 20000, NEARING = 30000, FAR = 60000;
  var LOST_LEAST = 15000, LOST_MOST = 30000;
  /* the share by which phones of one hall drift apart */
  var DRIFT = 0.25;

  /* Return the ticket after an event of its topic; an older one changes nothing. */
  function applyEvent(ticket, event) {
    var facts = {};
    if (!("state" in event) || event.version < ticket.version) {
      return ticket;
    }
    BY_EVENT.forEach(function (name) { facts[name] = event[name]; });
    return merged(ticket, facts);
  }

  /* Return the ticket after the server's answer, which also knows how many are ahead. */
  function applyReply(ticket, reply) {
    return reply.version < ticket.version ? ticket : merged(ticket, reply);
  }

  /* Return the expected wait as one phrase: soon, between, "come back about", or that no window
     serves it now. */
  function waitWords(estimate, bounds, say, wallAfter) {
    if (estimate.low === null || estimate.high === null) {
      return say("wait.nobody");
    }
    if (estimate.low >= bounds.long) {
      return say("wait.long", { time: wallAfter(estimate.low * 60000) });
    }
    if (estimate.high <= bounds.soon) {
      return say("wait.soon");
    }
    return say("wait.between", { a: estimate.low, b: estimate.high });
  }

  /* Return in how many milliseconds to look again, or null for never; `chance` is 0 to 1. */
  function pause(ticket, live, chance) {
    var near;
    if (FINAL[ticket.state]) {
      return null;
    }
    if (!live) {
      return LOST_LEAST + (LOST_MOST - LOST_LEAST) * chance;
    }
    near = ticket.state !== "waiting" || ticket.ahead === null ? FAR
      : ticket.ahead <= 3 ? NEAR : ticket.ahead <= 10 ? NEARING : FAR;
    return near * (1 + DRIFT * chance);
  }

  /* Return what the visitor may do now. */
  function may(ticket) {
    return {
      late: ticket.state === "waiting" && !ticket.late,
      cancel: Boolean(CANCELS[ticket.state]),
      rate: ticket.state === "finished" && !ticket.rated
    };
  }

  /* Return how many services of the visit are done, of how many. */
  function progress(legs) {
    var done = legs.filter(function (leg) { return leg.state === "done"; });
    return { done: done.length, all: legs.length };
  }

  /* Return whether this is a call, or one more, that the visitor has not been told of. */
  function rings(before, after) {
    return after.state === "called"
      && (before.state !== "called" || after.recalls > before.recalls);
  }

  function merged(one, other) {
    var both = {}, name;
    for (name in one) { both[name] = one[name]; }
    for (name in other) { both[name] = other[name]; }
    return both;
  }

  return {
    applyEvent: applyEvent,
    applyReply: applyReply,
    isFinal: function (ticket) { return Boolean(FINAL[ticket.state]); },
    may: may,
    pause: pause,
    progress: progress,
    rings: rings,
    waitWords: waitWords
  };
}());
