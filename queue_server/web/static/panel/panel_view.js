/** Shows a panel's state: draw(state, { live, undo, lostAt }, now) changes only what differs. */

import { allow, allowed, element, fillList, icon, stopwatch, write } from "../page.js";
import { may, ranked } from "./panel_state.js";

const MINUTE = 60000;
const part = (id) => document.getElementById(id);

/** Returns draw(); `handlers` are what the rows' keys do: call, resume, revive. */
export function panelView({ data, say, clock, desk, handlers }) {
  const services = new Map(data.services.map((service) => [service.id, service.name]));
  const categories = new Map(data.categories.map((category) => [category.id, category.name]));
  const serviceName = (id) => services.get(id) ?? id;
  const minutes = (ms) => Math.max(0, Math.floor(ms / MINUTE));
  // figure and unit stay on one line
  const minutesSaid = (ms) => say("staff.minutes", { n: minutes(ms) }).replaceAll(" ", "\u00a0");
  const lasting = (since, now) => minutesSaid(now - Date.parse(since));

  function draw(state, { live, undo, lostAt }, now) {
    const line = ranked(state.waiting, desk, now);
    drawShift(state, live, now);
    drawConnection(lostAt);
    drawHand(state, line.length > 0, now);
    drawMoves(state, live, now);
    drawNext(state, line, live, now);
    drawUndo(undo, live && state.shift === "open");
    drawWaiting(state, line, live, now);
    drawParked(state, live, now);
    drawTitle(state, line);
  }

  /** The tab tells what is in hand, or how many wait, to a clerk who works in another one. */
  function drawTitle({ hand }, line) {
    const news = hand ? hand.number : line.length ? `(${line.length})` : "";
    const here = say("staff.window_number", { n: data.window });
    const title = news ? `${news} · ${here}` : here;
    if (document.title !== title) document.title = title;
  }

  function drawShift(state, live, now) {
    const { shift } = state;
    const names = { open: "window_open", paused: "window_paused", closed: "window_closed" };
    const foreign = state.clerk && state.clerk !== data.person.login;
    document.body.dataset.shift = shift;
    const open = say(`staff.${names[shift] ?? "connecting"}`);
    write(part("shift"), foreign ? `${open} · ${state.clerk}` : open);
    allow(part("pause"), live && shift === "open");
    allow(part("close"), live && ["open", "paused"].includes(shift) && state.hand === null);
    write(part("clock"), clock.wall(now));
  }

  function drawConnection(lostAt) {
    part("banner").hidden = lostAt === null;
    const time = lostAt === null ? "" : clock.wall(lostAt);
    write(part("banner-text"), time && say("staff.connection_lost_at", { time }));
    document.body.classList.toggle("is-stale", lostAt !== null);
  }

  function drawHand(state, anybody, now) {
    const { hand, shift } = state;
    document.body.dataset.hand = hand ? hand.state : "none";
    part("ticket").hidden = hand === null;
    part("nobody").hidden = hand !== null;
    if (!hand) {
      const says = { closed: "window_closed", paused: "window_paused", open: "nothing_in_hand" };
      const hints = { closed: "window_closed_hint", paused: "window_paused_hint" };
      const hint = hints[shift] ?? (anybody || shift !== "open" ? null : "nobody_waits");
      write(part("nobody-say"), say(`staff.${says[shift] ?? "connecting"}`));
      write(part("nobody-hint"), hint ? say(`staff.${hint}`) : "");
      return;
    }
    const since = hand.state === "called" ? hand.called_at : hand.since;
    write(part("state"), say(`state.${hand.state}`));
    write(part("since-say"), clock.wall(Date.parse(since)));
    write(part("timer"), stopwatch(now - Date.parse(since)));
    write(part("number"), hand.number);
    write(part("service"), serviceName(hand.service));
    drawFacts(hand);
    drawLegs(hand.legs);
    part("claimed").hidden = !hand.claimed;
  }

  function drawFacts(hand) {
    const waited = minutes(Date.parse(hand.called_at) - Date.parse(hand.issued_at));
    const facts = [
      ["accent", "language", data.languages[hand.language] ?? hand.language],
      ...hand.needs.map((need) => ["warn", "sign-language", say(`staff.${need}`)]),
      categoryFact(hand),
      ["plain", "clock", say("staff.waited", { n: waited })],
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
    const name = categories.get(claimed ?? category) ?? claimed ?? category;
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
          element("span", {}, serviceName(leg.service)),
        ),
      fill: () => {},
    });
  }

  function drawMoves(state, live, now) {
    for (const key of document.querySelectorAll("[data-move]")) {
      const { now: open, seconds } = may(state, key.dataset.move, now, data.rules);
      const left = seconds ? say("staff.seconds", { n: seconds }) : "";
      allow(key, live && open);
      write(key.querySelector(".move__left"), left);
    }
    const ends = live && state.shift === "open" && state.hand !== null;
    for (const choice of document.querySelectorAll("#ending input")) choice.disabled = !ends;
    for (const key of document.querySelectorAll("[data-claim]")) allow(key, ends);
  }

  function drawNext(state, line, live, now) {
    const names = { closed: "open_window", paused: "resume_work" };
    write(part("next-name"), say(`staff.${names[state.shift] ?? "next"}`));
    write(part("next-who"), whoIsNext(state, line, now));
    // open also when nobody seems to wait: the server knows best
    allow(part("next"), live && state.shift !== "unknown");
  }

  const idle = (state) => state.shift === "open" && state.hand === null;

  function whoIsNext(state, line, now) {
    if (state.shift !== "open") return "";
    const [first] = line;
    if (!first) return say("staff.nobody_waits");
    return `${first.number} · ${serviceName(first.service)} · ${lasting(first.issued_at, now)}`;
  }

  function drawUndo(undo, live) {
    allow(part("undo"), live && Boolean(undo));
    const what = undo ? `${undo.number} · ${say("staff.seconds", { n: undo.seconds })}` : "";
    write(part("undo-what"), what);
  }

  function drawWaiting(state, line, live, now) {
    write(part("waiting-count"), String(line.length));
    part("nobody-waits").hidden = line.length > 0;
    const longest = line.reduce((most, row) => Math.max(most, now - Date.parse(row.issued_at)), 0);
    const said = `${say("staff.longest_wait")}: ${minutesSaid(longest)}`;
    write(part("longest"), line.length ? said : "");
    fillList(part("waiting"), line, {
      id: (row) => row.id,
      make: (row) => waitingRow(row.id),
      fill: (made, row, place) => {
        fillRow(made, row, lasting(row.issued_at, now));
        made.classList.toggle("row--next", place === 0);
        allow(made.querySelector(".row__key"), live && idle(state));
      },
    });
  }

  function waitingRow(id) {
    const call = () => handlers.call(id);
    return rowOf(element("div", { class: "row__keys" }, rowKey("recall", "call_this", call)));
  }

  function drawParked(state, live, now) {
    part("parked-card").hidden = state.parked.length === 0;
    write(part("parked-count"), String(state.parked.length));
    fillList(part("parked"), state.parked, {
      id: (row) => `${row.id} ${row.state}`,
      make: (row) => (row.state === "on_hold" ? heldRow(row) : missedRow(row)),
      fill: (made, row) => {
        fillRow(made, { ...row, needs: [] }, lasting(row.since, now));
        const until = row.hold_until ? ` → ${clock.wall(Date.parse(row.hold_until))}` : "";
        const note = [say(`state.${row.state}`), row.reason].filter(Boolean).join(" · ");
        write(made.querySelector(".row__note"), note + until);
        for (const key of made.querySelectorAll(".row__key")) {
          allow(key, live && (idle(state) || !("calls" in key.dataset)));
        }
      },
    });
  }

  function heldRow({ id }) {
    const resume = rowKey("start", "resume", () => handlers.resume(id));
    resume.dataset.calls = "";
    return rowOf(element("div", { class: "row__keys" }, resume));
  }

  function missedRow({ id }) {
    const call = rowKey("recall", "call_this", () => handlers.call(id));
    call.dataset.calls = "";
    const revive = rowKey("return", "revive", () => handlers.revive(id));
    return rowOf(element("div", { class: "row__keys" }, revive, call));
  }

  function rowKey(name, text, press) {
    const label = say(`staff.${text}`);
    const key = element(
      "button",
      { class: "row__key", type: "button", title: label, "data-label": label },
      icon(name),
    );
    key.addEventListener("click", () => allowed(key) && press());
    return key;
  }

  function rowOf(keys) {
    return element(
      "li",
      { class: "row" },
      element(
        "div",
        {},
        element("strong", { class: "row__number figures" }),
        element("span", { class: "row__wait figures" }),
      ),
      element(
        "div",
        { class: "row__what" },
        element("span", { class: "row__service" }),
        element("span", { class: "row__note small soft" }),
      ),
      keys,
      element("div", { class: "row__marks" }),
    );
  }

  function fillRow(made, row, right) {
    write(made.querySelector(".row__number"), row.number);
    write(made.querySelector(".row__service"), serviceName(row.service));
    write(made.querySelector(".row__wait"), right);
    for (const key of made.querySelectorAll(".row__key")) {
      key.setAttribute("aria-label", `${key.dataset.label} ${row.number}`);
    }
    const marks = [
      row.category && ["warn", "priority", categories.get(row.category) ?? row.category],
      ...row.needs.map((need) => ["warn", "sign-language", say(`staff.${need}`)]),
      row.place && row.place !== "queue" && ["accent", "placed", say("staff.for_me")],
    ].filter(Boolean);
    fillList(made.querySelector(".row__marks"), marks, {
      id: (mark) => mark[1],
      make: ([kind, name, text]) =>
        element("span", { class: `chip chip--${kind}` }, icon(name), element("span", {}, text)),
      fill: () => {},
    });
  }

  return draw;
}
