/* The web board's voice: the server's words, one announcement at a time.
 *
 * navbatVoice is the twin of queue_server/voice/announcements.py, where the rules are explained;
 * tests/queue_server/voice/announcement_cases.json holds both to one behaviour. Pure, and ES5.
 * navbatAnnouncer plays what it decides:
 *
 *   var announcer = navbatAnnouncer({hall, token, chime, steady});
 *   announcer.hear(before, after, message);   the board before and after a message
 *   announcer.look(board);                    often: lets time pass
 */
var navbatVoice = (function () {
  "use strict";

  var LIMIT = 60;
  var MOST = 6;
  var ASLEEP = 5;
  var UNSURE = 10;
  var LONGEST = 40;
  var REST = 0.5;
  var MEMORY = 300;

  var EMPTY = {
    waiting: [],
    speaking_since: null,
    quiet_until: 0,
    known: [],
    looked_at: null,
    unsure_until: 0
  };

  /* Take note of the time and of whether the server is in touch; often, also before `hear`. */
  function look(queue, now, live) {
    var asleep = queue.looked_at === null || now - queue.looked_at > ASLEEP;
    return changed(queue, {
      looked_at: now,
      unsure_until: asleep || !live ? now + UNSURE : queue.unsure_until
    });
  }

  /* Let a call wait for its turn; `age` is how long ago it was by the board's wall clock. */
  function hear(queue, call, now, age) {
    var others, since, unsure = now < queue.unsure_until;
    if (queue.known.indexOf(keyOf(call)) !== -1) {
      return queue;
    }
    queue = changed(queue, { known: last(queue.known.concat([keyOf(call)]), MEMORY) });
    if (unsure && Math.abs(age) > LIMIT) {
      return queue;
    }
    since = unsure ? now - Math.max(0, age) : now;
    others = queue.waiting.filter(function (one) { return one.call.number !== call.number; });
    return changed(queue, { waiting: last(others.concat([{ call: call, since: since }]), MOST) });
  }

  /* Forget the calls whose tickets have left; `present` are [number, window] on the board. */
  function stay(queue, present) {
    return changed(queue, {
      waiting: queue.waiting.filter(function (one) {
        return present.some(function (row) {
          return row[0] === one.call.number && row[1] === one.call.window;
        });
      })
    });
  }

  /* Forget all that waits: a chime without words is for all of them. */
  function hush(queue) {
    return changed(queue, { waiting: [] });
  }

  /* Return {queue, call}: the next announcement begun, or null if it is not time for one. */
  function begin(queue, now) {
    var waiting = queue.waiting.filter(function (one) { return now - one.since <= LIMIT; });
    queue = changed(queue, { waiting: waiting });
    if (!waiting.length || isSpeaking(queue, now) || now < queue.quiet_until) {
      return { queue: queue, call: null };
    }
    return {
      queue: changed(queue, { waiting: waiting.slice(1), speaking_since: now }),
      call: waiting[0].call
    };
  }

  /* Note that what was spoken has ended. */
  function end(queue, now) {
    return changed(queue, { speaking_since: null, quiet_until: now + REST });
  }

  function isSpeaking(queue, now) {
    return queue.speaking_since !== null && now - queue.speaking_since < LONGEST;
  }

  /* Return what tells one announcement from another. */
  function keyOf(call) {
    return [call.number, call.window, call.called_at, call.recalls].join(" ");
  }

  function last(list, many) {
    return list.slice(Math.max(0, list.length - many));
  }

  function changed(queue, facts) {
    var name, next = {};
    for (name in queue) {
      if (queue.hasOwnProperty(name)) {
        next[name] = facts.hasOwnProperty(name) ? facts[name] : queue[name];
      }
    }
    return next;
  }

  return {
    EMPTY: EMPTY,
    LIMIT: LIMIT,
    MOST: MOST,
    look: look,
    hear: hear,
    stay: stay,
    hush: hush,
    begin: begin,
    end: end,
    isSpeaking: isSpeaking
  };
}());

var navbatAnnouncer = (function () {
  "use strict";

  /* milliseconds for an answer; seconds without asking again where there is no voice */
  var ANSWER = 3000;
  var WITHOUT = 300;
  var NOT_FOUND = 404;

  return function (board) {
    var queue = navbatVoice.EMPTY;
    var voiceless = -WITHOUT;

    function hear(before, after, message) {
      queue = navbatVoice.look(queue, message.now, before.connection === "live");
      news(before, after, message.now).forEach(function (row) {
        var age = (Date.parse(message.at) - happened(row, message)) / 1000;
        queue = navbatVoice.hear(queue, callOf(row), message.now, age);
      });
      queue = navbatVoice.stay(queue, after.rows.map(function (row) {
        return [row.number, row.window];
      }));
      goOn();
    }

    function look(known) {
      queue = navbatVoice.look(queue, board.steady(), known.connection === "live");
      goOn();
    }

    function goOn() {
      var next = navbatVoice.begin(queue, board.steady());
      queue = next.queue;
      if (next.call) {
        announce(next.call);
      }
    }

    function announce(call) {
      var struck = board.chime.play();
      if (struck === null) {
        over();
      } else if (board.steady() - voiceless < WITHOUT) {
        /* the chime alone is for all that wait */
        queue = navbatVoice.hush(queue);
        chimeOnly();
      } else {
        ask(call, function (bytes) {
          board.chime.speak(bytes, struck, over, chimeOnly);
        });
      }
    }

    function chimeOnly() {
      setTimeout(over, board.chime.LENGTH * 1000);
    }

    function over() {
      queue = navbatVoice.end(queue, board.steady());
    }

    function ask(call, told) {
      var request = new XMLHttpRequest();
      request.open("GET", "/board/" + board.hall + "/voice.wav?number=" +
        encodeURIComponent(call.number) + "&window=" + call.window +
        "&language=" + encodeURIComponent(call.language));
      request.responseType = "arraybuffer";
      request.timeout = ANSWER;
      request.setRequestHeader("Accept", "audio/wav");
      if (board.token) {
        request.setRequestHeader("Authorization", "Bearer " + board.token);
      }
      request.onloadend = function () {
        if (request.status === NOT_FOUND) {
          voiceless = board.steady();
        }
        if (request.status === 200 && request.response) {
          told(request.response);
        } else {
          chimeOnly();
        }
      };
      request.send();
    }

    return { hear: hear, look: look };
  };

  /* Return the rows that are announced by what has come now, the oldest first. */
  function news(before, after, now) {
    if (after.turn === before.turn) {
      return [];
    }
    return after.rows.filter(function (row) { return row.lit_at === now; }).reverse();
  }

  function callOf(row) {
    return {
      number: row.number,
      window: row.window,
      language: row.language,
      called_at: (Date.parse(row.called_at) || 0) / 1000,
      recalls: row.recalls
    };
  }

  /* Return when a call was made, in milliseconds: an event's own time, else the row's. */
  function happened(row, message) {
    var told = message.kind === "event" && message.body ? Date.parse(message.body.at) : NaN;
    return told || Date.parse(row.called_at) || 0;
  }
}());
