/**
 * The strip of a panel: what a supervisor writes, holds that have run out, who has begun to wait.
 * It stays until it is read, and takes nothing from the clerk's hands.
 */

import { element, fillList, icon, write } from "../page.js";

const PICTURES = { message: "message", over: "clock", waits: "bell" };

/** Returns what stands in the strip, in order: {id, kind, text, at, key}. */
export function stripRows({ messages, over, waits }, say, person) {
  const unread = messages.filter(({ read_at: at }) => !at).reverse();
  return [
    ...unread.map(({ id, text, sender, at }) => ({
      id: `message ${id}`,
      kind: "message",
      text,
      who: person(sender),
      at,
      key: id,
    })),
    ...over.map(({ id, number, at }) => ({
      id: `over ${id}`,
      kind: "over",
      text: say("staff.hold_over", { number }),
      who: null,
      at,
      key: id,
    })),
    ...(waits ? [{ id: "waits", kind: "waits", text: waits.text, who: null, at: waits.at, key: null }] : []),
  ];
}

/** Returns draw(rows); `done(row)` is told which one was read or put away. */
export function panelStrip({ list, say, clock, done }) {
  let shown = [];

  function make({ id, kind }) {
    const press = () => done(shown.find((row) => row.id === id));
    const read = say("staff.read");
    const key =
      kind === "message"
        ? element("button", { class: "strip__key", type: "button", onclick: press }, read)
        : element(
            "button",
            { class: "strip__close", type: "button", "aria-label": say("devices.dismiss"), onclick: press },
            icon("dismiss"),
          );
    return element(
      "li",
      { class: `strip__row strip__row--${kind}` },
      icon(PICTURES[kind]),
      element("span", { class: "strip__text" }),
      element("span", { class: "strip__who small" }),
      key,
    );
  }

  function fill(made, { text, who, at }) {
    write(made.querySelector(".strip__text"), text);
    const since = at ? clock.wall(Date.parse(at)) : "";
    write(made.querySelector(".strip__who"), [who, since].filter(Boolean).join(" · "));
  }

  return (rows) => {
    shown = rows;
    list.hidden = rows.length === 0;
    fillList(list, rows, { id: ({ id }) => id, make, fill });
  };
}
