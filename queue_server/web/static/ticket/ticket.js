/* The visitor's own page: the socket tells at once what happens to the ticket, and a look now and
 * then brings how many are ahead; it also goes on where sockets do not get through.
 */
(function () {
  "use strict";

  var BUZZ = [400, 150, 400, 150, 800];
  /* a socket that is not through by then is given up for a while, ms */
  var PATIENCE = 10000, SOCKET_AGAIN = 120000;
  /* a page that is shown again looks at once, but not twice in so many ms */
  var LOOKED_JUST_NOW = 5000;
  var LOST = 404, REFUSED = 409;

  var data = JSON.parse(document.getElementById("starting-data").textContent);
  var part = navbatTicketView.part, write = navbatTicketView.write;
  var key = "?key=" + encodeURIComponent(data.key);
  var own = "/tickets/" + encodeURIComponent(data.ticket.id);
  var ahead = Date.parse(data.now) - new Date().getTime();

  var ticket = data.ticket, seenAt = now(), stale = false, asking = null, busy = false;
  var feed = null, live = false, timer = null, patience = null;
  var draw = navbatTicketView(data, say, wallAfter);

  function now() {
    return new Date().getTime() + ahead;
  }

  function say(name, values) {
    return (data.texts[name] || name).replace(/\{(\w+)\}/g, function (_, slot) {
      return String(values && values[slot] !== undefined ? values[slot] : "");
    });
  }

  function wallAfter(ms) {
    var format = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: data.timezone };
    return new Intl.DateTimeFormat("en-GB", format).format(new Date(now() + ms));
  }

  function show() {
    draw(ticket, { stale: stale, wall: wallAfter(seenAt - now()), asking: asking });
    part("rating").hidden = !navbatTicket.may(ticket).rate;
    part("rated").hidden = !(ticket.state === "finished" && ticket.rated);
  }

  /* A service that the page has no name for came up: the server writes the page anew. */
  function knows(next) {
    return next.legs.every(function (leg) { return leg.service in data.names; });
  }

  function take(next) {
    var before = ticket;
    if (!knows(next)) {
      window.location.reload();
      return;
    }
    ticket = next;
    seenAt = now();
    stale = false;
    if (asking && !navbatTicket.may(ticket)[asking]) {
      asking = null;
    }
    show();
    if (navbatTicket.rings(before, ticket)) {
      ring();
    }
    if (navbatTicket.isFinal(ticket)) {
      stopFeed();
    }
    plan();
  }

  function ring() {
    write(part("alarm"), "");
    write(part("alarm"), say("ticket.called", { n: ticket.window }));
    window.scrollTo(0, 0);
    if (navigator.vibrate) {
      navigator.vibrate(BUZZ);
    }
  }

  function look() {
    clearTimeout(timer);
    navbatWire.get(own + key, function (status, body) {
      if (status === 200) {
        take(navbatTicket.applyReply(ticket, body));
      } else if (status === LOST) {
        window.location.reload();
      } else {
        stale = true;
        show();
        plan();
      }
    });
  }

  function plan() {
    var wait = navbatTicket.pause(ticket, live, Math.random());
    clearTimeout(timer);
    if (wait !== null && !document.hidden) {
      timer = setTimeout(look, wait);
    }
  }

  function listen() {
    if (typeof navbatFeed === "undefined" || !window.io || navbatTicket.isFinal(ticket)) {
      return;
    }
    feed = navbatFeed({
      topic: "ticket." + ticket.id,
      token: null,
      key: data.key,
      onSnapshot: function (seen) { take(navbatTicket.applyReply(ticket, seen)); },
      onEvent: function (event) {
        take(navbatTicket.applyEvent(ticket, event));
        if (!navbatTicket.isFinal(ticket) || ticket.state === "finished") {
          look();
        }
      },
      onState: connection
    });
    patience = setTimeout(giveUp, PATIENCE);
  }

  function connection(state) {
    live = state === "connected";
    clearTimeout(patience);
    if (!live) {
      patience = setTimeout(giveUp, PATIENCE);
    }
    plan();
  }

  /* No socket gets through: look instead, and spare server and phone the trying. */
  function giveUp() {
    stopFeed();
    setTimeout(listen, SOCKET_AGAIN * (1 + Math.random()));
    plan();
  }

  function stopFeed() {
    clearTimeout(patience);
    if (feed) {
      feed.stop();
    }
    feed = null;
    live = false;
  }

  /* --- what the visitor does: each is asked once, in the page ------------------------------- */

  function ask(what) {
    asking = what;
    write(part("ask-text"), say("ticket." + what + "_ask", { n: data.late_behind }));
    write(part("ask-yes"), say("ticket." + what + "_yes"));
    write(part("ask-no"), say("ticket." + what + "_no"));
    part("ask").className = "visit__ask visit__ask--" + what;
    write(part("trouble"), "");
    show();
    part("ask").focus();
  }

  function leaveAsk() {
    var key = part(asking || "cancel");
    asking = null;
    show();
    if (!key.hidden) {
      key.focus();
    }
  }

  function act() {
    var what = asking;
    if (busy || !what) {
      return;
    }
    busy = true;
    navbatWire.post(own + "/" + what + key, {}, function (status, body) {
      busy = false;
      if (status === 200) {
        leaveAsk();
        take(navbatTicket.applyReply(ticket, body));
        part("state").focus();
      } else {
        write(part("trouble"), refusal(status, body.code));
        leaveAsk();
        look();
      }
    });
  }

  function refusal(status, code) {
    return say(code === "already_late" ? "ticket.already_late"
      : status === REFUSED ? "ticket.refused" : "ticket.trouble");
  }

  function rate(body, done) {
    navbatWire.post(own + "/rating" + key, body, function (status) {
      var taken = status === 200 || status === 201 || status === REFUSED;
      done(taken);
      if (taken) {
        ticket.rated = true;
        show();
        part("rated").focus();
      }
    });
  }

  part("late").addEventListener("click", function () { ask("late"); });
  part("cancel").addEventListener("click", function () { ask("cancel"); });
  part("ask-yes").addEventListener("click", act);
  part("ask-no").addEventListener("click", leaveAsk);
  part("ask").addEventListener("keydown", function (event) {
    if (event.keyCode === 27) {
      leaveAsk();
    }
  });
  document.addEventListener("visibilitychange", function () {
    if (!document.hidden && !navbatTicket.isFinal(ticket) && now() - seenAt > LOOKED_JUST_NOW) {
      look();
    } else {
      plan();
    }
  });

  navbatRating(say, rate);
  show();
  if (ticket.state === "called") {
    ring();
  }
  listen();
  plan();
}());
