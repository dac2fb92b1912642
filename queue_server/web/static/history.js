/** The history of a visit, as a drawer: what happened, what colleagues noted, a place to note more. */

import { Refused } from "./api.js";
import { element, fillList, write } from "./page.js";
import { closeFromOutside } from "./questions.js";

const MINUTE = 60000;
const part = (id) => document.getElementById(id);
const NOT_REQUIRED = /^not_required-(\d+)$/;
const TONES = {
  ticket_called: "called",
  ticket_finished: "good",
  ticket_leg_finished: "good",
  ticket_missed: "warn",
  ticket_cancelled: "warn",
  ticket_expired: "warn",
  ticket_held: "warn",
};
const OUTCOMES = { solved: "outcome_done", turned_away: "outcome_papers", forwarded: "outcome_forwarded" };

/**
 * Returns what happened and what was noted in one order: {id, at, gap, event} or {…, note}.
 * `gap` is how long after the step before, ms. That something was noted is told by the note itself.
 */
export function timeline({ events, notes }) {
  const steps = [
    ...events
      .filter(({ type }) => type !== "ticket_noted")
      .map((event) => ({ id: `e${event.seq}`, at: event.at, event })),
    ...notes.map((note) => ({ id: `n${note.id}`, at: note.at, note })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return steps.map((step, place) => ({
    ...step,
    gap: place ? Date.parse(step.at) - Date.parse(steps[place - 1].at) : 0,
  }));
}

/**
 * Returns open(id, {noting}): shows the drawer, at once ready for a note where `noting`, and
 * read(id): the history. `onNote()` is told of a new note.
 */
export function historyDrawer({ data, say, clock, get, post, onNote = () => {} }) {
  const named = (list, id) => list.find((each) => each.id === id)?.name ?? id;
  let shown = null;

  part("history").addEventListener("click", closeFromOutside);
  part("noting").addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });

  async function open(id, { noting = false } = {}) {
    shown = id;
    for (const name of ["number", "service", "trouble"]) write(part(`history-${name}`), "");
    part("history-steps").replaceChildren();
    part("note-text").value = "";
    part("history").showModal();
    if (noting) part("note-text").focus();
    await load();
  }

  async function load() {
    try {
      draw(await read(shown));
    } catch (error) {
      trouble(error);
    }
  }

  const read = (id) => get(`/tickets/${id}/history`);

  async function save() {
    const text = part("note-text").value.trim();
    if (!text) return;
    try {
      await post(`/tickets/${shown}/note`, { text });
      part("note-text").value = "";
      onNote(shown);
      await load();
      part("history-steps").lastElementChild?.scrollIntoView({ block: "end" });
    } catch (error) {
      trouble(error);
    }
  }

  function trouble(error) {
    const key = error instanceof Refused ? `error.${error.code}` : "error.offline";
    write(part("history-trouble"), say(key in data.texts ? key : "error.other"));
  }

  function draw(history) {
    write(part("history-number"), history.number);
    write(part("history-service"), named(data.services, history.service));
    const steps = timeline(history);
    fillList(part("history-steps"), steps, { id: ({ id }) => id, make, fill: () => {} });
  }

  function make({ at, gap, event, note }) {
    const kind = note ? "note" : (TONES[event.type] ?? "plain");
    const minutes = Math.floor(gap / MINUTE);
    return element(
      "li",
      { class: `step step--${kind}` },
      element(
        "div",
        { class: "step__time figures" },
        element("time", { datetime: at }, clock.wall(Date.parse(at))),
        minutes > 0 && element("span", { class: "step__gap" }, `+${say("staff.minutes", { n: minutes })}`),
      ),
      element(
        "div",
        {},
        element("span", { class: "step__did" }, note ? note.text : did(event)),
        element("span", { class: "step__more" }, note ? "" : more(event).join(" · ")),
        element("span", { class: "step__by" }, by((note ?? event).by)),
      ),
    );
  }

  function did(event) {
    const key = `staff.did_${event.type.replace("ticket_", "")}`;
    const plain = say(key in data.texts ? key : "staff.did_other");
    const window = event.window && say("staff.window_number", { n: event.window });
    return window ? `${plain} · ${window}` : plain;
  }

  function more(event) {
    const { was_service: was, service, place, category, type } = event;
    const changes = type === "ticket_transferred" || type === "ticket_leg_finished";
    return [
      was && `${named(data.services, was)} → ${named(data.services, service)}`,
      changes && sentTo(place),
      type === "ticket_category_changed" && named(data.categories, category ?? say("staff.category_none")),
      event.rule_rank > 1 && say("staff.out_of_order", { n: event.rule_rank }),
      event.outcome && say(`staff.${OUTCOMES[event.outcome] ?? "outcome_done"}`),
      event.document && documentName(event.document),
      event.demanded && say("staff.may_not_be_demanded"),
      event.delivery && say(`staff.delivery_${event.delivery}`),
      type === "ticket_held" && event.hold_until && say("staff.until", { time: clock.wall(Date.parse(event.hold_until)) }),
      reason(event),
    ].filter(Boolean);
  }

  /** Of a category that was claimed, its id stands where a reason does. */
  function reason({ type, reason: said }) {
    return said && type.startsWith("ticket_category_") ? named(data.categories, said) : said;
  }

  function sentTo(place) {
    const [kind, where] = place.split(/:(.*)/s);
    if (kind === "window") return say("staff.window_number", { n: where });
    return kind === "clerk" && (data.people[where] ?? where);
  }

  function documentName(id) {
    const [, number] = id.match(NOT_REQUIRED) ?? [];
    return number ? (data.not_required[number - 1] ?? id) : (data.documents[id] ?? id);
  }

  function by({ kind, name, login }) {
    if (kind === "system") return say("staff.by_system");
    if (kind === "visitor") return say("staff.by_visitor");
    return name || login;
  }

  return { open, read };
}
