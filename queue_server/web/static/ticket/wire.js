/* Asks /api/v1 as an old phone can: XMLHttpRequest, and a command keeps its key when it is tried
 * again, so that nothing happens twice.
 *
 *   navbatWire.get(path, function (status, body) {});        status 0: no answer came
 *   navbatWire.post(path, body, function (status, body) {});
 */
var navbatWire = (function () {
  "use strict";

  var DEADLINE = 8000;
  /* milliseconds before each further try of a command */
  var PAUSES = [500, 2000, 4000];
  /* answers of a proxy whose server is just away */
  var AWAY = { 0: true, 502: true, 503: true, 504: true };

  function get(path, done) {
    send("GET", path, null, null, done);
  }

  function post(path, body, done) {
    var key = freshKey(), tries = 0;
    function attempt() {
      send("POST", path, JSON.stringify(body), key, function (status, answer) {
        if (AWAY[status] && tries < PAUSES.length) {
          setTimeout(attempt, PAUSES[tries]);
          tries += 1;
        } else {
          done(status, answer);
        }
      });
    }
    attempt();
  }

  function send(method, path, text, key, done) {
    var request = new XMLHttpRequest();
    request.open(method, "/api/v1" + path);
    request.timeout = DEADLINE;
    request.setRequestHeader("Accept", "application/json");
    if (key) {
      request.setRequestHeader("Content-Type", "application/json");
      request.setRequestHeader("Idempotency-Key", key);
    }
    request.onloadend = function () { done(request.status, parsed(request.responseText)); };
    request.send(text);
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch (error) {
      return {};
    }
  }

  function freshKey() {
    var bytes = new Uint8Array(16);
    window.crypto.getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (byte) {
      return ("0" + byte.toString(16)).slice(-2);
    }).join("");
  }

  return { get: get, post: post };
}());
