/** The lists beside the ticket in hand: who waits, and who was set aside. */

import { tongue } from "../offers.js";
import { allow, allowed, element, fillList, icon, stopwatch, write } from "../page.js";

const part = (id) => document.getElementById(id);
/** A hold that ends so soon is marked, ms. */
const SOON = 60000;

/** Returns draw(state, line, live, now); `words` are the panel's names and times. */
export function panelRows({ data, say, clock, handlers, words }) {
  function draw(state, line, live, now) {
    drawWaiting(state, line, live, now);
    drawParked(state, live, now);
  }

  function drawWaiting(state, line, live, now) {
    write(part("waiting-count"), String(line.length));
    part("nobody-waits").hidden = line.length > 0;
    const longest = line.reduce((most, row) => Math.max(most, now - Date.parse(row.issued_at)), 0);
    const said = `${say("staff.longest_wait")}: ${words.minutes(longest)}`;
    write(part("longest"), line.length ? said : "");
    fillList(part("waiting"), line, {
      id: (row) => row.id,
      make: (row) => waitingRow(row.id),
      fill: (made, row, place) => {
        fillRow(made, row, words.lasting(row.issued_at, now));
        made.classList.toggle("row--next", place === 0);
        allow(made.querySelector(".row__key"), live && idle(state));
      },
    });
  }

  const idle = (state) => state.shift === "open" && state.hand === null;

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
        const left = row.hold_until ? Date.parse(row.hold_until) - now : null;
        fillRow(made, row, left === null ? words.lasting(row.since, now) : stopwatch(left));
        made.classList.toggle("row--soon", left !== null && left <= SOON);
        write(made.querySelector(".row__note"), parkedNote(row));
        for (const key of made.querySelectorAll(".row__key")) {
          allow(key, live && (idle(state) || !("calls" in key.dataset)));
        }
      },
    });
  }

  function parkedNote(row) {
    const until = row.hold_until && say("staff.until", { time: clock.wall(Date.parse(row.hold_until)) });
    return [say(`state.${row.state}`), until, row.reason].filter(Boolean).join(" · ");
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
        element("abbr", { class: "row__tongue" }),
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
    write(made.querySelector(".row__service"), words.service(row.service));
    write(made.querySelector(".row__wait"), right);
    drawTongue(made.querySelector(".row__tongue"), row.language);
    for (const key of made.querySelectorAll(".row__key")) {
      key.setAttribute("aria-label", `${key.dataset.label} ${row.number}`);
    }
    fillList(made.querySelector(".row__marks"), marks(row), {
      id: (mark) => mark.join("|"),
      make: ([kind, name, text]) =>
        element(
          "span",
          { class: `chip chip--${kind}` },
          icon(name),
          element("span", {}, text),
        ),
      fill: () => {},
    });
  }

  function drawTongue(mark, language) {
    write(mark, tongue(language));
    mark.title = data.languages[language] ?? "";
  }

  function marks(row) {
    const slot = row.slot && clock.wall(Date.parse(row.slot));
    return [
      ...(row.needs ?? []).map((need) => ["warn", "sign-language", say(`staff.${need}`)]),
      row.category && ["warn", "priority", words.category(row.category)],
      slot && ["accent", "calendar", slot],
      row.place && row.place !== "queue" && ["accent", "placed", say("staff.for_me")],
    ].filter(Boolean);
  }

  return draw;
}
