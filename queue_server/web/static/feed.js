/* A topic's events, in order and without gaps, for every page: the twin of client/feed.py.
 *
 *   var feed = navbatFeed({
 *     topic: "hall.1", token: "…" or null (then the session cookie counts), key: a ticket's key,
 *     onSnapshot: function (payload) {}, onEvent: function (payload) {},
 *     onState: function ("connected" | "lost") {}
 *   });
 *   feed.stop();
 *
 * Needs vendor/socket.io.min.js. ES5: old televisions read it too.
 */
var navbatFeed = (function () {
  "use strict";

  /* milliseconds for an answer, of silence before the server is asked whether it is still there,
     and for an overtaken event before it counts as lost */
  var ANSWER = 5000;
  var QUIET = 20000;
  var OVERTAKEN = 500;
  /* events that wait for an earlier one at most */
  var ROOM = 1000;

  /* Return the inbox after a message, and what may now be delivered, in order. */
  function take(inbox, kind, payload) {
    var found;
    if (!payload || typeof payload.seq !== "number") {
      return { inbox: inbox, deliveries: [] };
    }
    if (kind === "snapshot") {
      found = released(payload.seq, inbox.early);
      found.deliveries.unshift({ kind: "snapshot", payload: payload });
      return found;
    }
    return released(inbox.last, inbox.early.concat([payload]));
  }

  /* Deliver whatever follows on the last; keep what is early, forget what is known. */
  function released(last, waiting) {
    var early = [], deliveries = [];
    waiting.slice().sort(function (a, b) { return a.seq - b.seq; }).forEach(function (event) {
      var prev = typeof event.prev === "number" ? event.prev : 0;
      if (last !== null && event.seq <= last) {
        return;
      }
      if (last === null || prev > last) {
        early.push(event);
        return;
      }
      deliveries.push({ kind: "event", payload: event });
      last = event.seq;
    });
    return {
      inbox: { last: last, early: early.length <= ROOM ? early : [] },
      deliveries: deliveries
    };
  }

  function feed(wish) {
    var socket = window.io({
      transports: ["websocket"],
      auth: wish.token ? { token: wish.token } : {},
      reconnectionDelay: 500,
      reconnectionDelayMax: 5000,
      randomizationFactor: 0.5,
      timeout: ANSWER,
      forceNew: true
    });
    var inbox = { last: null, early: [] };
    var state = null, stopped = false;
    /* of the present line: which subscription counts, whether it holds, whether mending failed */
    var asked = 0, acknowledged = false, mended = false;
    var silence = null, mending = null, retry = null;

    function begin() {
      inbox = { last: inbox.last, early: [] };
      mended = false;
      ask(inbox.last);
    }

    /* Subscribe behind `after`; on a line already subscribed this proves that it lives. */
    function ask(after) {
      var mine = asked += 1;
      var message = { topic: wish.topic };
      if (after !== null) {
        message.after = after;
      }
      if (wish.key) {
        message.key = wish.key;
      }
      acknowledged = false;
      clearTimeout(mending);
      mending = null;
      wait(drop, ANSWER);
      socket.emit("subscribe", message, function (answer) {
        if (mine !== asked || stopped) {
          return;
        }
        if (!answer || !answer.ok) {
          drop();
          return;
        }
        acknowledged = true;
        settle();
        watchOrder(false);
      });
    }

    function receive(kind, payload) {
      var found;
      if (stopped || !payload || (payload.topic && payload.topic !== wish.topic)) {
        return;
      }
      found = take(inbox, kind, payload);
      inbox = found.inbox;
      settle();
      watchOrder(found.deliveries.length > 0);
      found.deliveries.forEach(tell);
    }

    /* A callback that throws costs its own event only. */
    function tell(delivery) {
      if (stopped) {
        return;
      }
      try {
        (delivery.kind === "snapshot" ? wish.onSnapshot : wish.onEvent)(delivery.payload);
      } catch (error) {
        setTimeout(function () { throw error; }, 0);
      }
    }

    /* Once subscribed and with a state to build on, the feed is connected; silence is watched. */
    function settle() {
      if (acknowledged && inbox.last !== null) {
        say("connected");
        wait(function () { ask(inbox.last); }, QUIET);
      }
    }

    /* Ask for what is missing, and for a snapshot where that did not help. */
    function watchOrder(moved) {
      if (moved) {
        mended = false;
      }
      if (!inbox.early.length || moved) {
        clearTimeout(mending);
        mending = null;
      }
      if (inbox.early.length && acknowledged && inbox.last !== null && mending === null) {
        mending = setTimeout(function () {
          var after = mended ? null : inbox.last;
          mended = true;
          ask(after);
        }, OVERTAKEN);
      }
    }

    function wait(what, milliseconds) {
      clearTimeout(silence);
      silence = setTimeout(what, milliseconds);
    }

    /* Give the line up: it is silent, or the server refused; try again soon. */
    function drop() {
      rest();
      socket.disconnect();
      say("lost");
      retry = setTimeout(function () { socket.connect(); }, 1000 + Math.random() * 4000);
    }

    function rest() {
      asked += 1;
      clearTimeout(silence);
      clearTimeout(mending);
      clearTimeout(retry);
      mending = null;
      acknowledged = false;
    }

    function say(next) {
      if (!stopped && next !== state) {
        state = next;
        wish.onState(next);
      }
    }

    socket.on("connect", begin);
    socket.on("snapshot", function (payload) { receive("snapshot", payload); });
    socket.on("event", function (payload) { receive("event", payload); });
    /* figures stand in no order: the newest are the only ones that count */
    socket.on("figures", function (payload) {
      if (acknowledged && inbox.last !== null && payload && payload.topic === wish.topic) {
        tell({ kind: "event", payload: payload });
      }
    });
    socket.on("connect_error", function () {
      say("lost");
      if (!socket.active) {
        drop();
      }
    });
    socket.on("disconnect", function (reason) {
      if (reason !== "io client disconnect") {
        rest();
        say("lost");
        if (!socket.active) {
          drop();
        }
      }
    });

    return {
      /* End; no callback is called any more. */
      stop: function () {
        stopped = true;
        rest();
        socket.disconnect();
      }
    };
  }

  feed.take = take;
  return feed;
}());
