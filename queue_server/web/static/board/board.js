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
  /* seconds that a picture stays */
  var PICTURE = 12;
  /* of a wait in words: its size, and what stands before it, in units */
  var WAIT_SIZE = 1.9;
  var BESIDE_WAIT = 6.7;
  var LAYOUTS = ["calls", "windows", "columns", "portrait", "bar"];

  var facts = JSON.parse(document.getElementById("board-data").textContent);
  var board = navbatBoard.EMPTY;
  var connected = false;
  var polling = false;
  /* milliseconds that the server's clock is ahead of this television's */
  var ahead = 0;
  var drawn = null;
  var placed = "";
  var places = null;
  var pointer = null;
  var form = formOf(location.search);
  var media = form.media ? navbatMedia(
    document.getElementById("media"),
    { hall: facts.hall, token: facts.token, seconds: PICTURE }, function () { draw(); }
  ) : null;
  var opened = steady();
  var soundReady = true;
  var chime = navbatChime(offerSound);
  var announcer = navbatAnnouncer({
    hall: facts.hall, token: facts.token, chime: chime, steady: steady
  });

  function steady() {
    return (window.performance ? performance.now() : Date.now()) / 1000;
  }

  function wall() {
    return new Date(Date.now() + ahead);
  }

  /* --- what reaches the board ------------------------------------------------------------- */

  function hear(kind, body) {
    var before = board;
    var message = { kind: kind, now: steady(), at: wall().toISOString(), body: body };
    board = navbatBoard.apply(board, message);
    draw();
    announcer.hear(before, board, message);
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
    if (facts.token && (request.status === 401 || request.status === 403)) {
      /* signed off, or of another hall by now: the pairing page says which */
      location.replace("/pair" + addressOf(location.search) + "#" + encodeURIComponent(facts.token));
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

  /* This page's own arguments for the pairing page, but for its token. */
  function addressOf(search) {
    var own = search.slice(1).split("&").filter(function (one) {
      return one && one.indexOf("token=") !== 0;
    });
    return "?" + ["kind=board"].concat(own).join("&");
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
    var windows = navbatBoard.windowsOf(board);
    var look = form.layout === "windows" ? navbatBoard.seeWindows : navbatBoard.see;
    var plan = place(windows);
    var view = look(board, now, plan.cells.length);
    var language = facts.languages[navbatBoard.turn(now, facts.languages.length)];
    var texts = say(language, view.notice, now);
    var waits = waitsOf(plan, language, now);
    var picture = JSON.stringify([view, texts, waits, placed, board.figures.next]);
    if (picture === drawn) {
      return;
    }
    drawn = picture;
    document.documentElement.lang = language;
    drawWhich(view, plan, windows);
    drawCalls(view, texts);
    drawFigures(plan, waits);
    drawDots(view);
    drawTexts(texts);
  }

  /* Return the places for the screen as it is now, and put the empty cards there. */
  function place(windows) {
    var wished = {
      layout: form.layout, figures: form.figures, media: media !== null && media.any()
    };
    var key = JSON.stringify([window.innerWidth, window.innerHeight, wished, windows]);
    if (key !== placed) {
      placed = key;
      places = navbatPlan(window.innerWidth, window.innerHeight, wished, windows);
      document.documentElement.style.fontSize = places.unit + "px";
      arrange(places);
    }
    return places;
  }

  function arrange(plan) {
    var i, others = document.getElementById("others");
    var pattern = others.firstElementChild;
    while (others.children.length < plan.cells.length) {
      others.appendChild(pattern.cloneNode(true));
    }
    while (others.children.length > plan.cells.length) {
      others.removeChild(others.lastElementChild);
    }
    arrangeCard(document.getElementById("newest"), plan.newest);
    for (i = 0; i < plan.cells.length; i += 1) {
      arrangeCard(others.children[i], plan.cells[i]);
    }
    put(document.getElementById("media"), plan.media);
    put(document.getElementById("next"), plan.figures && plan.figures.next.place);
    put(document.getElementById("waits"), plan.figures && plan.figures.waits.place);
  }

  function arrangeCard(card, cell) {
    var number = card.querySelector(".call__number");
    var sign = card.querySelector(".call__window");
    put(card, cell.place);
    put(number, cell.parts.number);
    put(card.querySelector(".call__arrow"), cell.parts.arrow);
    put(card.querySelector(".call__sign"), cell.parts.sign);
    put(sign, cell.parts.window);
    number.setAttribute("data-size", cell.parts.size);
    sign.setAttribute("data-size", Math.min(
      cell.parts.size, Math.floor(cell.parts.window.h * 0.94 / 0.69)
    ));
  }

  /* Put an element at a place in pixels, or out of sight. */
  function put(element, at) {
    element.hidden = !at;
    if (at) {
      element.style.left = at.x + "px";
      element.style.top = at.y + "px";
      element.style.width = at.w + "px";
      element.style.height = at.h + "px";
    }
  }

  function drawWhich(view, plan, windows) {
    var idle = view.newest === null && !plan.figures && !plan.media &&
      !(form.layout === "windows" && windows > 0);
    show(document.getElementById("calls"), !idle);
    show(document.getElementById("idle"), idle);
  }

  function say(language, notice, now) {
    var bulletin = navbatSay.shown(navbatSay.lines(
      board.figures.notices, facts.languages,
      navbatSay.widthOf(window.innerWidth, window.innerHeight)
    ), now);
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
      next_title: texts.next_numbers,
      waits_title: texts.waiting,
      bulletin: bulletin[1],
      bulletin_language: bulletin[0],
      notice: warning
    };
  }

  /* Return the waits of this page in words. */
  function waitsOf(plan, language, now) {
    var grid = plan.figures && plan.figures.waits.grid;
    if (!grid) {
      return [];
    }
    return navbatBoard.pageOfWaits(board, now, grid.rows * grid.columns).map(function (wait) {
      return [wait.prefix, String(wait.waiting), navbatSay.wait(wait, facts.texts[language])];
    });
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

  function drawCalls(view, texts) {
    var i, newest = document.getElementById("newest"), cells = document.querySelectorAll(".other");
    /* a board that has lost the server does not claim that nobody is called */
    write(newest.querySelector(".newest__none"), texts.notice === "" ? texts.no_calls : "");
    mark(newest, "nobody", view.newest === null);
    drawCall(newest, view.newest || { number: "", window: "", lit: false });
    for (i = 0; i < cells.length; i += 1) {
      mark(cells[i], "well", !view.others[i]);
      drawCall(cells[i], view.others[i] || { number: "", window: "", lit: false });
    }
  }

  function drawCall(card, call) {
    var number = card.querySelector(".call__number");
    var sign = card.querySelector(".call__window");
    mark(card, "lit", call.lit);
    mark(card, "free", call.number === "" && call.window !== "");
    write(number, call.number || (call.window === "" ? "" : "–"));
    write(sign, String(call.window));
    fit(number);
    fit(sign);
  }

  function drawFigures(plan, waits) {
    var next = document.querySelector("#next .next"), list = document.querySelector("#waits .waits");
    if (!plan.figures) {
      return;
    }
    fill(next, board.figures.next.slice(0, room(plan.figures.next.grid)).map(function (number) {
      return element("li", "next__number", number, 100 / plan.figures.next.grid.columns);
    }));
    fill(list, waits.map(function (wait, index) {
      return waitRow(wait, index, plan.figures.waits.grid);
    }));
    fitWaits(plan.unit);
  }

  function room(grid) {
    return grid.rows * grid.columns;
  }

  /* Return a line of waits; the first column is filled before the second. */
  function waitRow(wait, index, grid) {
    var row = element("li", "wait", "", grid.columns > 1 ? 47 : 100);
    row.style.top = 3.3 * (index % grid.rows) + "rem";
    row.style.left = index >= grid.rows ? "53%" : "0";
    row.appendChild(element("b", "wait__prefix", wait[0]));
    row.appendChild(document.getElementById("person").firstElementChild.cloneNode(true));
    row.appendChild(element("span", "wait__many", wait[1]));
    row.appendChild(element("strong", "wait__expected", wait[2]));
    return row;
  }

  /* Write all waits in the size that the longest needs beside its letter and its count. */
  function fitWaits(unit) {
    var i, free, share = 1, found = document.querySelectorAll(".wait__expected");
    for (i = 0; i < found.length; i += 1) {
      free = found[i].parentNode.clientWidth - BESIDE_WAIT * unit;
      share = Math.min(share, free / found[i].offsetWidth);
    }
    for (i = 0; share < 1 && i < found.length; i += 1) {
      found[i].style.fontSize = Math.floor(WAIT_SIZE * unit * share) + "px";
    }
  }

  function element(kind, name, text, percent) {
    var made = document.createElement(kind);
    made.className = name;
    made.textContent = text;
    if (percent) {
      made.style.width = percent + "%";
    }
    return made;
  }

  function fill(list, rows) {
    list.textContent = "";
    rows.forEach(function (row) { list.appendChild(row); });
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
    var i, spots = document.querySelectorAll("[data-text]");
    for (i = 0; i < spots.length; i += 1) {
      write(spots[i], texts[spots[i].getAttribute("data-text")]);
    }
    showAll(".notice", texts.notice !== "");
    showAll(".bulletin", texts.notice === "" && texts.bulletin !== "");
    showAll(".foot__hint", texts.notice === "" && texts.bulletin === "");
    spots = document.querySelectorAll(".bulletin [data-text]");
    for (i = 0; i < spots.length; i += 1) {
      spots[i].lang = texts.bulletin_language;
    }
    fitAll(".head__names strong, .welcome h1, .newest__none, .figure h2, .bulletin__text");
  }

  function showAll(selector, on) {
    var i, found = document.querySelectorAll(selector);
    for (i = 0; i < found.length; i += 1) {
      show(found[i], on);
    }
  }

  function fitAll(selector) {
    var i, found = document.querySelectorAll(selector);
    for (i = 0; i < found.length; i += 1) {
      fit(found[i]);
    }
  }

  /* Make a text smaller where it is wider than its place; no call is ever cut off. */
  function fit(place) {
    var wide, size = place.getAttribute("data-size"), range = document.createRange();
    place.style.fontSize = size ? size + "px" : "";
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

  /* Return what the address wishes: ?layout=columns&figures=1&media=1. */
  function formOf(query) {
    var wished = /[?&]layout=([a-z]+)/.exec(query);
    return {
      layout: wished && LAYOUTS.indexOf(wished[1]) >= 0 ? wished[1] : "calls",
      figures: /[?&]figures=1/.test(query),
      media: /[?&]media=1/.test(query)
    };
  }

  /* Give the page the theme's colours; where style sheets know none, it stays light. */
  function colour(theme) {
    var name;
    for (name in theme) {
      if (theme.hasOwnProperty(name)) {
        document.documentElement.style.setProperty(
          "--colour-" + name.replace(/_/g, "-"), theme[name]
        );
      }
    }
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
  setInterval(function () { announcer.look(board); }, TICK);
  setInterval(function () { if (!connected) { ask(); } }, POLL);
  setInterval(ask, CLOCK);
  hidePointer();
  colour(facts.theme);
  draw();
  ask();
  follow();
}());
