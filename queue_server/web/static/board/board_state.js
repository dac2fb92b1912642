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

  var EMPTY = {
    rows: [],
    connection: "connecting",
    seq: null,
    stale_since: null,
    lost_at: null,
    turn: 0
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
      turn: board.turn + (news ? 1 : 0)
    });
  }

  function withEvent(board, body, now) {
    var row;
    if (board.seq === null || !isWhole(body.seq) || body.seq <= board.seq) {
      return board;
    }
    board = changed(board, { seq: body.seq });
    if (body.type === "day_closed") {
      return changed(board, { rows: [] });
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
      notice: noticeOf(board, now)
    };
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

  function noticeOf(board, now) {
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

  function isWhole(value) {
    return typeof value === "number" && Math.floor(value) === value;
  }

  return { EMPTY: EMPTY, HIGHLIGHT: HIGHLIGHT, apply: apply, see: see, turn: turn };
}());
