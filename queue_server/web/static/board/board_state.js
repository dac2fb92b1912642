/* What a board knows and what of it is to be seen: the twin of display_board/state.py and view.py.
 *
 * tests/board_cases.json holds both to one behaviour. Pure, and ES5 for old televisions.
 * Times called `now` are seconds of the board's steady clock, `at` is RFC 3339.
 */
var navbatBoard = (function () {
  "use strict";

  /* seconds that a new call stands out, that a page of earlier calls stays, that the labels stay
     in one language, and within which a lost connection that comes back is nobody's business */
  var HIGHLIGHT = 6;
  var PAGE = 8;
  var LANGUAGE = 9;
  var GRACE = 2;

  /* what is announced; whatever else brings a ticket to a window does so in silence */
  var CALLS = { ticket_called: true, ticket_recalled: true, ticket_resumed: true };

  /* what opens a window or closes it; a pause does neither */
  var SHIFTS = { window_opened: true, window_closed: true };

  var EMPTY = {
    rows: [],
    connection: "connecting",
    seq: null,
    stale_since: null,
    lost_at: null,
    turn: 0,
    windows: [],
    figures: { next: [], waits: [], notices: [] }
  };

  /* Return the board after the message; what it cannot read changes nothing. */
  function apply(board, message) {
    var body = isTable(message.body) ? message.body : {};
    if (message.kind === "snapshot") {
      return withSnapshot(board, body, message.now);
    }
    if (message.kind === "event") {
      return withEvent(board, body, message.now);
    }
    if (message.kind === "connected") {
      return changed(board, { connection: "live", stale_since: null, lost_at: null });
    }
    return lost(board, message);
  }

  /* Take the server's rows; the calls that are news stand out, but not at the first sight. */
  function withSnapshot(board, body, now) {
    var i, key, rows, news = false, lit = {};
    if (!isWhole(body.seq) || !isList(body.calls)) {
      return board;
    }
    rows = [];
    for (i = 0; i < body.calls.length; i += 1) {
      if (rowOf(body.calls[i])) {
        rows.push(rowOf(body.calls[i]));
      }
    }
    if (board.seq !== null) {
      for (i = 0; i < board.rows.length; i += 1) {
        lit[announcement(board.rows[i])] = board.rows[i].lit_at;
      }
      for (i = 0; i < rows.length; i += 1) {
        key = announcement(rows[i]);
        news = news || !lit.hasOwnProperty(key);
        rows[i].lit_at = lit.hasOwnProperty(key) ? lit[key] : now;
      }
    }
    return changed(EMPTY, {
      rows: rows,
      connection: "live",
      seq: body.seq,
      turn: board.turn + (news ? 1 : 0),
      windows: openWindows(isList(body.windows) ? body.windows : []),
      figures: updated(board.figures, body)
    });
  }

  function withEvent(board, body, now) {
    if (board.seq === null) {
      return board;
    }
    if (body.type === "hall_figures") {
      /* no part of the log: what the hall looks like now, so it moves no position in it */
      return changed(board, { figures: updated(board.figures, body) });
    }
    if (!isWhole(body.seq) || body.seq <= board.seq) {
      return board;
    }
    return logged(changed(board, { seq: body.seq }), body, now);
  }

  /* Return the board after an event of the log that is news to it. */
  function logged(board, body, now) {
    var row;
    if (body.type === "day_closed") {
      return changed(board, {
        rows: [], figures: { next: [], waits: [], notices: board.figures.notices }
      });
    }
    if (SHIFTS.hasOwnProperty(body.type)) {
      return changed(board, { windows: afterShift(board.windows, body) });
    }
    if (body.at_window === false) {
      return changed(board, {
        rows: board.rows.filter(function (old) { return old.number !== body.number; })
      });
    }
    row = body.at_window === true ? rowOf(body) : null;
    if (!row) {
      return board;
    }
    if (CALLS.hasOwnProperty(body.type)) {
      row.lit_at = now;
      return changed(board, { rows: [row].concat(without(board.rows, row)), turn: board.turn + 1 });
    }
    return changed(board, { rows: kept(board.rows, row) });
  }

  function afterShift(windows, body) {
    var others = windows.filter(function (number) { return number !== body.window; });
    return openWindows(body.type === "window_opened" ? others.concat([body.window]) : others);
  }

  /* Return the whole numbers of a list, each once, in their order. */
  function openWindows(found) {
    return found.filter(function (number, place) {
      return isWhole(number) && found.indexOf(number) === place;
    }).sort(function (a, b) { return a - b; });
  }

  /* Return the figures after a message; what it does not name stays. */
  function updated(old, body) {
    return {
      next: isList(body.next) ? readable(body.next, numberOf) : old.next,
      waits: isList(body.waits) ? readable(body.waits, waitOf) : old.waits,
      notices: isList(body.notices) ? readable(body.notices, noticeOf) : old.notices
    };
  }

  function readable(list, read) {
    return list.map(read).filter(function (found) { return found; });
  }

  function numberOf(found) {
    return typeof found === "string" ? found : "";
  }

  /* Return a wait; without minutes no open window serves it. */
  function waitOf(found) {
    var low, high;
    if (!isTable(found) || typeof found.prefix !== "string" || !found.prefix ||
        !isCount(found.waiting)) {
      return null;
    }
    low = isCount(found.low) ? found.low : null;
    high = isCount(found.high) ? found.high : null;
    return (low === null) !== (high === null) ? null :
      { prefix: found.prefix, waiting: found.waiting, low: low, high: high };
  }

  function noticeOf(found) {
    var tag, texts = [];
    if (isTable(found) && isTable(found.texts)) {
      for (tag in found.texts) {
        if (found.texts.hasOwnProperty(tag) && typeof found.texts[tag] === "string" &&
            found.texts[tag]) {
          texts.push([tag, found.texts[tag]]);
        }
      }
    }
    return texts.length ? { texts: texts } : null;
  }

  /* Return the rows with this one where it stood, or where its time of call puts it. */
  function kept(rows, row) {
    var i, others, place;
    for (i = 0; i < rows.length; i += 1) {
      if (rows[i].number === row.number) {
        row.lit_at = rows[i].lit_at;
        return without(rows.slice(0, i), row).concat([row], without(rows.slice(i + 1), row));
      }
    }
    others = without(rows, row);
    place = 0;
    while (place < others.length && instant(others[place].called_at) > instant(row.called_at)) {
      place += 1;
    }
    return others.slice(0, place).concat([row], others.slice(place));
  }

  /* Take out the ticket and whoever else was at its window: a window has one visitor. */
  function without(rows, row) {
    return rows.filter(function (old) {
      return old.number !== row.number && old.window !== row.window;
    });
  }

  function lost(board, message) {
    if (board.connection === "lost") {
      return board;
    }
    return changed(board, {
      connection: "lost",
      stale_since: board.stale_since || (board.seq !== null ? message.at : null),
      lost_at: message.now
    });
  }

  /* Return what is seen at `now` with room for so many earlier calls. */
  function see(board, now, room) {
    var earlier = board.rows.slice(1);
    var pages = Math.max(1, Math.ceil(earlier.length / room));
    var page = pageOf(board, now, pages);
    var others = earlier.slice(page * room, (page + 1) * room);
    return {
      newest: board.rows.length ? seen(board.rows[0], now) : null,
      others: others.map(function (row) { return seen(row, now); }),
      page: page,
      pages: pages,
      notice: warningOf(board, now)
    };
  }

  /* Return every open window with its number, in their order. A page with a new call on it comes
     at once and stays while the call stands out. */
  function seeWindows(board, now, room) {
    var known = {}, calls, lit, newest, pages, page, places = windowsWith(board);
    board.rows.forEach(function (row) { known[row.window] = row; });
    calls = places.map(function (number) {
      return known.hasOwnProperty(number) ?
        seen(known[number], now) : { number: "", window: number, lit: false };
    });
    pages = Math.max(1, Math.ceil(calls.length / room));
    lit = places.filter(function (ignored, place) { return calls[place].lit; });
    newest = board.rows.length ? board.rows[0].window : 0;
    page = lit.length ?
      Math.floor(places.indexOf(lit.indexOf(newest) < 0 ? lit[0] : newest) / room) :
      pageOf(board, now, pages);
    return {
      newest: board.rows.length ? seen(board.rows[0], now) : null,
      others: calls.slice(page * room, (page + 1) * room),
      page: page,
      pages: pages,
      notice: warningOf(board, now)
    };
  }

  /* Return how many windows a board by window shows. */
  function windowsOf(board) {
    return windowsWith(board).length;
  }

  /* Return the numbers of the open windows and of those that have a visitor still. */
  function windowsWith(board) {
    return openWindows(board.windows.concat(board.rows.map(function (row) { return row.window; })));
  }

  /* Return the waits that are seen at `now`, with room for so many. */
  function pageOfWaits(board, now, room) {
    var waits = board.figures.waits;
    var page = Math.floor(now / PAGE) % Math.max(1, Math.ceil(waits.length / room));
    return waits.slice(page * room, (page + 1) * room);
  }

  /* Return which of so many languages the labels speak now. */
  function turn(now, many) {
    return Math.floor(now / LANGUAGE) % many;
  }

  function seen(row, now) {
    return {
      number: row.number,
      window: row.window,
      lit: row.lit_at !== null && now < row.lit_at + HIGHLIGHT
    };
  }

  /* Stay on the first page while something stands out, then turn, each time from another page. */
  function pageOf(board, now, pages) {
    var i, darkSince = 0;
    for (i = 0; i < board.rows.length; i += 1) {
      if (board.rows[i].lit_at !== null) {
        darkSince = Math.max(darkSince, board.rows[i].lit_at + HIGHLIGHT);
      }
    }
    if (now < darkSince) {
      return 0;
    }
    return (board.turn + Math.floor((now - darkSince) / PAGE)) % pages;
  }

  function warningOf(board, now) {
    if (board.connection === "live") {
      return "";
    }
    if (board.stale_since === null) {
      return "connecting";
    }
    return board.lost_at !== null && now - board.lost_at < GRACE ? "" : "lost";
  }

  /* Return the row that a call or an event describes, or null if it is no such thing. */
  function rowOf(body) {
    if (!isTable(body) || typeof body.number !== "string" || !body.number || !isWhole(body.window)) {
      return null;
    }
    return {
      number: body.number,
      window: body.window,
      language: String(body.language || ""),
      called_at: String(body.called_at || ""),
      recalls: isWhole(body.recalls) ? body.recalls : 0,
      lit_at: null
    };
  }

  /* Return what tells one announcement from another. */
  function announcement(row) {
    return [row.number, row.window, instant(row.called_at), row.recalls].join(" ");
  }

  /* Return a time in milliseconds; what is no RFC 3339 time counts as long ago. */
  function instant(text) {
    return Date.parse(text) || 0;
  }

  function changed(board, facts) {
    var name, next = {};
    for (name in board) {
      if (board.hasOwnProperty(name)) {
        next[name] = facts.hasOwnProperty(name) ? facts[name] : board[name];
      }
    }
    return next;
  }

  function isTable(value) {
    return typeof value === "object" && value !== null && !isList(value);
  }

  function isList(value) {
    return Object.prototype.toString.call(value) === "[object Array]";
  }

  function isCount(value) {
    return isWhole(value) && value >= 0;
  }

  function isWhole(value) {
    return typeof value === "number" && Math.floor(value) === value;
  }

  return {
    EMPTY: EMPTY, HIGHLIGHT: HIGHLIGHT, PAGE: PAGE,
    apply: apply, see: see, seeWindows: seeWindows, windowsOf: windowsOf, pageOfWaits: pageOfWaits,
    turn: turn
  };
}());
