/** Shows a panel's state: draw(state, { live, undo, lostAt, mark }, now) changes only what differs. */

import { allow, element, fillList, icon, stopwatch, write } from "../page.js";
import { panelRows } from "./panel_rows.js";
import { free, may, mayWrapUp, ranked } from "./panel_state.js";

const MINUTE = 60000;
const part = (id) => document.getElementById(id);

/** Returns draw(); `handlers` are what the rows' keys do: call, resume, revive. */
export function panelView({ data, say, clock, desk, handlers }) {
  const words = panelWords(data, say);
  const drawRows = panelRows({ data, say, clock, handlers, words });
  const { minutesSince, lasting } = words;

  function draw(state, { live, undo, lostAt, mark }, now) {
    const line = ranked(state.waiting, desk, now);
    drawShift(state, live, now);
    drawHalt(state);
    drawConnection(lostAt);
    drawHand(state, line.length > 0, now);
    drawMoves(state, live, now);
    drawNext(state, line, live, now);
    drawUndo(undo, live && state.shift === "open");
    drawRows(state, line, live, now);
    drawTitle(state, line, mark);
  }

  /** The tab tells what is in hand, or how many wait, to a clerk who works in another one. */
  function drawTitle({ hand }, line, mark) {
    const news = hand ? hand.number : line.length ? `(${line.length})` : "";
    const here = say("staff.window_number", { n: data.window });
    const title = (mark ? "● " : "") + (news ? `${news} · ${here}` : here);
    if (document.title !== title) document.title = title;
  }

  function drawShift(state, live, now) {
    const { shift } = state;
    const names = { open: "window_open", paused: "window_paused", closed: "window_closed" };
    const foreign = state.clerk && state.clerk !== data.person.login;
    document.body.dataset.shift = shift;
    document.body.dataset.wrapping = String(state.wrapping !== null);
    const open = say(`staff.${state.wrapping ? "wrapping" : (names[shift] ?? "connecting")}`);
    write(part("shift"), foreign ? `${open} · ${words.person(state.clerk)}` : open);
    allow(part("pause"), live && shift === "open");
    allow(part("close"), live && ["open", "paused"].includes(shift) && state.hand === null);
    allow(part("wrap-up"), live && mayWrapUp(state));
    write(part("wrap-up-name"), say(state.wrapping ? "staff.wrapped_up" : "staff.wrap_up"));
    write(part("clock"), clock.wall(now));
  }

  /** The hall stands still for everybody: a strip says so and why. */
  function drawHalt({ halted }) {
    part("halted").hidden = halted === null;
    if (halted === null) return;
    const [kind, reason] = halted.split(/:(.*)/s);
    const why = `reason.${reason}` in data.texts ? say(`reason.${reason}`) : reason;
    const said = say(kind === "closed" ? "staff.day_closed" : "staff.hall_suspended");
    write(part("halted-text"), why ? `${said} · ${why}` : said);
  }

  function drawConnection(lostAt) {
    part("banner").hidden = lostAt === null;
    const time = lostAt === null ? "" : clock.wall(lostAt);
    write(part("banner-text"), time && say("staff.connection_lost_at", { time }));
    document.body.classList.toggle("is-stale", lostAt !== null);
  }

  function drawHand(state, anybody, now) {
    const { hand } = state;
    document.body.dataset.hand = hand ? hand.state : "none";
    part("ticket").hidden = hand === null;
    part("nobody").hidden = hand !== null;
    if (!hand) {
      drawNobody(state, anybody, now);
      return;
    }
    const since = hand.state === "called" ? hand.called_at : hand.since;
    write(part("state"), say(`state.${hand.state}`));
    write(part("since-say"), clock.wall(Date.parse(since)));
    write(part("timer"), stopwatch(now - Date.parse(since)));
    write(part("number"), hand.number);
    write(part("service"), words.service(hand.service));
    drawFacts(hand);
    drawLegs(hand.legs);
    part("claimed").hidden = !hand.claimed;
  }

  function drawNobody({ shift, rest, wrapping }, anybody, now) {
    const says = { closed: "window_closed", paused: "window_paused", open: "nothing_in_hand" };
    const hints = { closed: "window_closed_hint", paused: "window_paused_hint" };
    const since = wrapping ?? (shift === "paused" ? rest?.since : null);
    const hint = wrapping ? "wrapping_hint" : (hints[shift] ?? (anybody ? null : "nobody_waits"));
    write(part("nobody-say"), say(`staff.${wrapping ? "wrapping" : (says[shift] ?? "connecting")}`));
    write(part("nobody-timer"), since ? stopwatch(now - Date.parse(since)) : "");
    write(part("nobody-why"), whyRests(rest));
    write(part("nobody-hint"), hint && shift !== "unknown" ? say(`staff.${hint}`) : "");
  }

  /** Why the window rests, and who said so, where that was somebody else. */
  function whyRests(rest) {
    if (!rest) return "";
    const foreign = rest.by && rest.by !== data.person.login;
    const by = foreign && say("staff.by_whom", { name: words.person(rest.by) });
    return [by, rest.reason].filter(Boolean).join(" · ");
  }

  function drawFacts(hand) {
    const facts = [
      ["accent", "language", data.languages[hand.language] ?? hand.language],
      ...hand.needs.map((need) => ["warn", "sign-language", say(`staff.${need}`)]),
      categoryFact(hand),
      hand.slot && ["accent", "calendar", clock.wall(Date.parse(hand.slot))],
      ["plain", "clock", say("staff.waited", { n: minutesSince(hand.issued_at, Date.parse(hand.called_at)) })],
      hand.recalls > 0 && ["plain", "recall", say("staff.recalls", { n: hand.recalls + 1 })],
    ].filter(Boolean);
    fillList(part("facts"), facts, {
      id: (fact) => fact.join("|"),
      make: ([kind, name, text, label]) =>
        element("li", { class: `chip chip--${kind}` }, icon(name, label), element("span", {}, text)),
      fill: () => {},
    });
  }

  /** A category that was only claimed has another mark, until its papers have been seen. */
  function categoryFact({ category, claimed }) {
    const name = words.category(claimed ?? category);
    if (claimed) return ["warn", "id-card", name, say("staff.not_seen")];
    return category && ["warn", "priority", name];
  }

  function drawLegs(legs) {
    part("legs").hidden = legs.length < 2;
    part("service").hidden = legs.length > 1;
    fillList(part("legs"), legs.length < 2 ? [] : legs, {
      id: (leg) => `${leg.service} ${leg.state}`,
      make: (leg) =>
        element(
          "li",
          { class: `leg leg--${leg.state}`, "aria-current": leg.state === "in_hand" && "step" },
          leg.state === "done" ? icon("finish", say("staff.leg_done")) : element("i"),
          element("span", {}, words.service(leg.service)),
        ),
      fill: () => {},
    });
  }

  function drawMoves(state, live, now) {
    for (const key of document.querySelectorAll("[data-move]")) {
      const { now: open, seconds } = may(state, key.dataset.move, now, data.rules);
      const left = seconds ? say("staff.seconds", { n: seconds }) : "";
      allow(key, live && open);
      const rest = key.querySelector(".move__left");
      if (rest) write(rest, left);
    }
    const ends = live && state.shift === "open" && state.hand !== null;
    for (const choice of document.querySelectorAll("#ending input")) choice.disabled = !ends;
    for (const key of document.querySelectorAll("[data-claim], #ending-detail")) allow(key, ends);
    for (const key of document.querySelectorAll("[data-visit]")) allow(key, state.hand !== null);
  }

  function drawNext(state, line, live, now) {
    const names = { closed: "open_window", paused: "resume_work" };
    write(part("next-name"), say(`staff.${names[state.shift] ?? "next"}`));
    write(part("next-who"), whoIsNext(state, line, now));
    // open also when nobody seems to wait: the server knows best
    allow(part("next"), live && state.shift !== "unknown");
    document.body.dataset.free = String(free(state) && line.length > 0);
  }

  function whoIsNext(state, line, now) {
    if (state.shift !== "open") return "";
    const [first] = line;
    if (!first) return say("staff.nobody_waits");
    return `${first.number} · ${words.service(first.service)} · ${lasting(first.issued_at, now)}`;
  }

  function drawUndo(undo, live) {
    allow(part("undo"), live && Boolean(undo));
    const what = undo ? `${undo.number} · ${say("staff.seconds", { n: undo.seconds })}` : "";
    write(part("undo-what"), what);
  }

  return draw;
}

/** Returns what things are called on this panel; the page's facts may change while it is open. */
export function panelWords(data, say) {
  const named = (list, key, id) => list.find((each) => each[key] === id)?.name ?? id;
  // figure and unit stay on one line
  const minutes = (ms) =>
    say("staff.minutes", { n: Math.max(0, Math.floor(ms / MINUTE)) }).replaceAll(" ", "\u00a0");
  return {
    service: (id) => named(data.services, "id", id),
    category: (id) => named(data.categories, "id", id),
    person: (login) => data.people[login] ?? login,
    minutes,
    minutesSince: (since, now) => Math.max(0, Math.floor((now - Date.parse(since)) / MINUTE)),
    lasting: (since, now) => minutes(now - Date.parse(since)),
  };
}
