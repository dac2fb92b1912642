/* A browser that waits to be let in as a device: shows its code, and goes to its page.
 *
 * A television may be of 2016, so this is a classic script. The token of a device that was let in
 * before is kept in this browser, or stands behind the address's #. */

(function () {
  "use strict";

  /* milliseconds before the next try, after a refusal, and that an answer may take */
  var AWAY = 5000;
  var REFUSED = 30000;
  var ANSWER = 8000;
  var PAGES = {
    board: function (place) { return "/board/" + place.hall; },
    corner: function () { return "/corner"; }
  };

  var facts = JSON.parse(document.getElementById("starting-data").textContent);
  var KEPT = "navbat_device_" + facts.kind;

  function part(id) { return document.getElementById(id); }

  function show(view, code) {
    document.body.setAttribute("data-view", view);
    part("code").textContent = code || "";
  }

  function away(lost) { part("away").hidden = !lost; }

  /* --- what this browser keeps: one that keeps nothing asks again after its next start ------- */

  function kept() {
    try {
      return decodeURIComponent(location.hash.slice(1)) || localStorage.getItem(KEPT);
    } catch (ignored) {
      return null;
    }
  }

  function keep(token) {
    try {
      if (token) {
        localStorage.setItem(KEPT, token);
      } else {
        localStorage.removeItem(KEPT);
      }
    } catch (ignored) {
      /* a private window */
    }
  }

  /* --- talking ------------------------------------------------------------------------------- */

  /* Ask; `then(status, body)` with status 0 where no answer came. */
  function call(method, path, options, then) {
    var request = new XMLHttpRequest();
    request.open(method, "/api/v1" + path);
    request.timeout = ANSWER;
    request.setRequestHeader("Accept", "application/json");
    if (options.token) {
      request.setRequestHeader("Authorization", "Bearer " + options.token);
    }
    if (options.body) {
      request.setRequestHeader("Content-Type", "application/json");
      request.setRequestHeader("Idempotency-Key", freshKey());
    }
    request.onloadend = function () { then(request.status, read(request)); };
    request.send(options.body ? JSON.stringify(options.body) : null);
  }

  function read(request) {
    try {
      return JSON.parse(request.responseText);
    } catch (ignored) {
      return {};
    }
  }

  function freshKey() {
    return String(Date.now()) + "-" + String(Math.random()).slice(2);
  }

  function later(run, pause) { setTimeout(run, pause); }

  /* --- let in before --------------------------------------------------------------------------- */

  function begin() {
    var token = kept();
    if (token) {
      check(token);
    } else {
      ask();
    }
  }

  function check(token) {
    call("GET", "/device", { token: token }, function (status, place) {
      away(status !== 200 && status !== 401);
      if (status === 200 && place.kind === facts.kind) {
        keep(token);
        go(PAGES[facts.kind](place), token);
      } else if (status === 200 || status === 401) {
        keep(null);
        part("signed-off").hidden = status !== 401;
        ask();
      } else {
        later(function () { check(token); }, AWAY);
      }
    });
  }

  function go(page, token) {
    var address = page + "?token=" + encodeURIComponent(token);
    Object.keys(facts.options).forEach(function (name) {
      address += "&" + encodeURIComponent(name) + "=" + encodeURIComponent(facts.options[name]);
    });
    location.replace(address);
  }

  /* --- asking ------------------------------------------------------------------------------- */

  function ask() {
    show("asking");
    call("POST", "/pairings", { body: { kind: facts.kind } }, function (status, asked) {
      away(status !== 201);
      if (status === 201) {
        show("shown", asked.code);
        later(function () { claim(asked); }, asked.poll_seconds * 1000);
      } else {
        later(ask, AWAY);
      }
    });
  }

  function claim(asked) {
    call("POST", "/pairings/claim", { body: { secret: asked.secret } }, function (status, answer) {
      away(status === 0 || status >= 500);
      if (status === 404 || status === 409) {
        ask();
      } else if (status === 200 && answer.state === "refused") {
        show("refused");
        later(ask, REFUSED);
      } else if (status === 200) {
        keep(answer.token);
        go(PAGES[facts.kind](answer), answer.token);
      } else {
        later(function () { claim(asked); }, asked.poll_seconds * 1000);
      }
    });
  }

  begin();
}());
