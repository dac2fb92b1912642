/* The web board at work: feed in, page out. What it knows and shows is decided in board_state.js.
 *
 * While the socket is down it asks by HTTP every five seconds. The time of day is the server's:
 * televisions often have none of their own.
 */
(function () {
  "use strict";

  /* milliseconds: between two looks at the clock, between two questions while the socket is down,
     for an answer, between two looks at the server's clock, that the sound key is offered, and
     that a pointer stays after it has moved */
  var TICK = 250;
  var POLL = 5000;
  var ANSWER = 4000;
  var CLOCK = 600000;
  var OFFER = 30000;
  var POINTER = 3000;

  var facts = JSON.parse(document.getElementById("board-data").textContent);
  var board = navbatBoard.EMPTY;
  var connected = false;
  var polling = false;
  /* milliseconds that the server's clock is ahead of this television's */
  var ahead = 0;
  var drawn = null;
  var pointer = null;
  var opened = steady();
  var soundReady = true;
  var chime = navbatChime(offerSound);

  function steady() {
    return (window.performance ? performance.now() : Date.now()) / 1000;
  }

  function wall() {
    return new Date(Date.now() + ahead);
  }

  /* --- what reaches the board ------------------------------------------------------------- */

  function hear(kind, body) {
    var before = board;
    board = navbatBoard.apply(board, {
      kind: kind, now: steady(), at: wall().toISOString(), body: body
    });
    draw();
    if (board.turn > before.turn) {
      chime.play();
    }
  }

  function follow() {
    navbatFeed({
      topic: "hall." + facts.hall,
      token: facts.token,
      onSnapshot: function (payload) { hear("snapshot", payload); },
      onEvent: function (payload) { hear("event", payload); },
      onState: function (state) {
        connected = state === "connected";
        if (connected) {
          hear("connected");
        } else {
          ask();
        }
      }
    });
  }

  /* Ask by HTTP: for the calls while the socket is down, and always for the time. */
  function ask() {
    var request;
    if (polling) {
      return;
    }
    polling = true;
    request = new XMLHttpRequest();
    request.open("GET", "/api/v1/boards/" + facts.hall);
    request.timeout = ANSWER;
    request.setRequestHeader("Accept", "application/json");
    if (facts.token) {
      request.setRequestHeader("Authorization", "Bearer " + facts.token);
    }
    request.onloadend = function () { answered(request); };
    request.send();
  }

  function answered(request) {
    var body = null;
    polling = false;
    setClock(request);
    if (connected) {
      return;
    }
    if (request.status === 200) {
      try {
        body = JSON.parse(request.responseText);
      } catch (ignored) {
        body = null;
      }
    }
    hear(body ? "snapshot" : "lost", body);
  }

  function setClock(request) {
    var date = request.status ? Date.parse(request.getResponseHeader("Date")) : NaN;
    if (!isNaN(date)) {
      ahead = date - Date.now();
    }
  }

  /* --- what is seen ----------------------------------------------------------------------- */

  function draw() {
    var now = steady();
    var upright = window.innerHeight > window.innerWidth;
    var view = navbatBoard.see(board, now, upright ? 5 : 4);
    var language = facts.languages[navbatBoard.turn(now, facts.languages.length)];
    var texts = say(language, view.notice);
    var picture = JSON.stringify([view, texts, window.innerWidth, window.innerHeight]);
    if (picture === drawn) {
      return;
    }
    drawn = picture;
    document.documentElement.lang = language;
    show(document.getElementById("calls"), view.newest !== null);
    show(document.getElementById("idle"), view.newest === null);
    drawCalls(view);
    drawDots(view);
    drawTexts(texts);
  }

  function say(language, notice) {
    var texts = facts.texts[language];
    var warning = "";
    if (notice === "connecting") {
      warning = texts.connecting + "…";
    } else if (notice === "lost") {
      warning = texts.no_connection.replace("{time}", clock(new Date(board.stale_since)));
    }
    return {
      center: facts.names[language] || facts.names[facts.languages[0]] || "",
      hall: texts.hall.replace("{n}", facts.hall),
      clock: clock(wall()),
      ticket: texts.ticket,
      window: texts.window,
      wait: texts.wait_for_call,
      no_calls: texts.no_calls,
      sound_on: texts.sound_on,
      notice: warning
    };
  }

  function clock(at) {
    var options = { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: facts.timezone };
    try {
      return at.toLocaleTimeString("en-GB", options).replace(/^24/, "00");
    } catch (ignored) {
      return two(at.getHours()) + ":" + two(at.getMinutes());
    }
  }

  function two(number) {
    return (number < 10 ? "0" : "") + number;
  }

  function drawCalls(view) {
    var i, call, cells = document.querySelectorAll(".other");
    if (view.newest) {
      drawCall(document.getElementById("newest"), view.newest);
    }
    for (i = 0; i < cells.length; i += 1) {
      call = view.others[i];
      mark(cells[i], "well", !call);
      drawCall(cells[i], call || { number: "", window: "", lit: false });
    }
  }

  function drawCall(place, call) {
    var number = place.querySelector(".call__number");
    var sign = place.querySelector(".call__window");
    mark(place, "lit", call.lit);
    write(number, call.number);
    write(sign, String(call.window));
    fit(number);
    fit(sign);
  }

  function drawDots(view) {
    var i, dot, dots = document.getElementById("dots");
    dots.textContent = "";
    for (i = 0; view.pages > 1 && i < view.pages; i += 1) {
      dot = document.createElement("span");
      dot.className = i === view.page ? "dot now" : "dot";
      dots.appendChild(dot);
    }
  }

  function drawTexts(texts) {
    var i, places = document.querySelectorAll("[data-text]");
    var notices = document.querySelectorAll(".notice");
    var hints = document.querySelectorAll(".foot__hint");
    for (i = 0; i < places.length; i += 1) {
      write(places[i], texts[places[i].getAttribute("data-text")]);
    }
    for (i = 0; i < notices.length; i += 1) {
      show(notices[i], texts.notice !== "");
    }
    /* a board that has lost the server does not claim that nobody is called */
    for (i = 0; i < hints.length; i += 1) {
      show(hints[i], texts.notice === "");
    }
    fitAll(".head__names strong, .welcome h1");
  }

  function fitAll(selector) {
    var i, found = document.querySelectorAll(selector);
    for (i = 0; i < found.length; i += 1) {
      fit(found[i]);
    }
  }

  /* Make a text smaller where it is wider than its place; no call is ever cut off. */
  function fit(place) {
    var wide, range = document.createRange();
    place.style.fontSize = "";
    range.selectNodeContents(place);
    wide = range.getBoundingClientRect().width;
    if (place.clientWidth && wide > place.clientWidth) {
      place.style.fontSize = Math.floor(
        parseFloat(getComputedStyle(place).fontSize) * place.clientWidth / wide
      ) + "px";
    }
  }

  function write(place, text) {
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  function mark(place, name, on) {
    if (on) {
      place.classList.add(name);
    } else {
      place.classList.remove(name);
    }
  }

  function show(place, on) {
    place.hidden = !on;
  }

  /* --- sound ------------------------------------------------------------------------------ */

  function offerSound(ready) {
    soundReady = ready;
    drawSound();
  }

  /* The key is offered for a while only: most televisions have nobody to press it. */
  function drawSound() {
    var late = steady() - opened > OFFER / 1000;
    var warned = !document.querySelector(".notice").hidden;
    var offered = !soundReady && !late && !warned;
    show(document.getElementById("sound"), offered);
    mark(document.body, "offering", offered);
  }

  function wake() {
    chime.wake();
  }

  /* --- a pointer that nobody moves is in the way ------------------------------------------ */

  function hidePointer() {
    mark(document.body, "still", true);
  }

  function showPointer() {
    mark(document.body, "still", false);
    clearTimeout(pointer);
    pointer = setTimeout(hidePointer, POINTER);
  }

  document.addEventListener("mousemove", showPointer);
  document.addEventListener("click", wake);
  document.addEventListener("keydown", wake);
  window.addEventListener("resize", draw);
  setInterval(draw, TICK);
  setInterval(drawSound, TICK);
  setInterval(function () { if (!connected) { ask(); } }, POLL);
  setInterval(ask, CLOCK);
  hidePointer();
  draw();
  ask();
  follow();
}());
