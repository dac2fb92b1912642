/* Shows the visitor's ticket; only what differs is written, so nothing is read aloud twice. */
var navbatTicketView = (function () {
  "use strict";

  var PERMITTED = { late: "late", cancel: "cancel" };

  function part(id) {
    return document.getElementById(id);
  }

  function write(target, text) {
    if (target.textContent !== text) {
      target.textContent = text;
    }
  }

  /* Return draw(ticket, shown) for a page with these words; shown: {stale, wall, asking}. */
  function view(data, say, wallAfter) {
    function draw(ticket, shown) {
      drawState(ticket);
      drawFacts(ticket);
      drawLegs(ticket.legs);
      drawKeys(ticket, shown.asking);
      document.body.className = shown.stale ? "visit is-stale" : "visit";
      write(part("fresh"), say(shown.stale ? "ticket.offline" : "ticket.updated", { time: shown.wall }));
      write(part("service"), data.names[ticket.service] || "");
    }

    function drawState(ticket) {
      var called = ticket.state === "called";
      var sentence = say("ticket." + ticket.state, { n: ticket.window });
      document.body.setAttribute("data-state", ticket.state);
      write(part("state"), sentence);
      part("window").hidden = !called;
      write(part("window"), called ? String(ticket.window) : "");
      part("again").hidden = !called || ticket.recalls === 0;
      write(part("again"), called ? say("ticket.called_again", { n: ticket.recalls }) : "");
      document.title = called ? sentence : say("ticket.title", { number: ticket.number });
    }

    function drawFacts(ticket) {
      var waiting = ticket.state === "waiting";
      part("facts").hidden = !waiting || !ticket.estimate;
      part("hint").hidden = !waiting && ticket.state !== "on_hold";
      part("was-late").hidden = !waiting || !ticket.late;
      /* "you are next" would be no comfort while no window serves it */
      part("ahead").hidden = ticket.ahead === null || Boolean(ticket.estimate) && ticket.estimate.low === null;
      if (waiting && ticket.estimate) {
        write(part("ahead"), say(ticket.ahead ? "ticket.ahead" : "ticket.nobody_ahead", { n: ticket.ahead }));
        write(part("wait"), navbatTicket.waitWords(ticket.estimate, data, say, wallAfter));
      }
    }

    function drawLegs(legs) {
      var list = part("legs"), known = list.getAttribute("data-known");
      var now = JSON.stringify(legs);
      part("visit").hidden = legs.length < 2;
      if (known === now || legs.length < 2) {
        return;
      }
      list.setAttribute("data-known", now);
      write(part("progress"), say("ticket.visit", navbatTicket.progress(legs)));
      list.textContent = "";
      legs.forEach(function (leg) { list.appendChild(row(leg)); });
    }

    function row(leg) {
      var made = document.createElement("li");
      made.className = "leg leg--" + leg.state;
      made.appendChild(span("leg__mark", leg.state === "done" ? "✓" : ""));
      made.appendChild(span("leg__name", data.names[leg.service] || leg.service));
      made.appendChild(span("leg__state", say("ticket.leg_" + leg.state)));
      made.firstChild.setAttribute("aria-hidden", "true");
      return made;
    }

    function drawKeys(ticket, asking) {
      var may = navbatTicket.may(ticket), name;
      for (name in PERMITTED) {
        part(name).hidden = !may[name];
      }
      part("keys").hidden = Boolean(asking) || !(may.late || may.cancel);
      part("ask").hidden = !asking;
    }

    return draw;
  }

  function span(name, text) {
    var made = document.createElement("span");
    made.className = name;
    made.textContent = text;
    return made;
  }

  view.part = part;
  view.write = write;
  return view;
}());
