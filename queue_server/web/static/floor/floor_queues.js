/** The lines of the floor by group, and the figures of the day. */

import { element, icon, write } from "../page.js";
import { level, lines } from "./floor_state.js";
import { showList, tone } from "./lists.js";

const MINUTE = 60000;
/** A whole bar is so many times the norm. */
const SCALE = 2;
/** level → its sign; the word is floor.level_<level>. */
export const LEVELS = { green: "finish", amber: "clock", red: "warning" };

/** Returns draw(state, chosen, now); `choose(prefix)` shows a group's visitors alone. */
export function queuesView({ data, say, names, choose }) {
  const part = (id) => document.getElementById(id);

  function draw(state, chosen, now) {
    const found = lines(state.waiting, names.groupOf, now);
    const figures = new Map(state.figures.groups.map((group) => [group.prefix, group]));
    write(part("norm"), say("floor.norm", { n: state.norm }));
    showList(part("queues"), data.groups, {
      id: ({ prefix }) => prefix,
      make: queue,
      fill: (made, { prefix }) => {
        const line = found.get(prefix) ?? { waiting: 0, waited: 0 };
        fill(made, line, figures.get(prefix), state.norm * MINUTE, prefix === chosen);
      },
    });
    drawDay(state, found);
  }

  function queue({ prefix, name }) {
    return element(
      "li",
      { class: "queue" },
      element(
        "button",
        { class: "queue__key", type: "button", "aria-pressed": "false", onclick: () => choose(prefix) },
        element("span", { class: "queue__letter" }, prefix),
        element("span", { class: "queue__name" }, name),
        element("span", { class: "queue__waiting figures" }),
        element(
          "span",
          { class: "queue__wait" },
          element("span", { class: "queue__level" }),
          element("i", { class: "queue__bar", "aria-hidden": "true" }, element("i")),
        ),
        element("span", { class: "queue__expected figures" }),
        element("span", { class: "queue__windows figures" }),
      ),
    );
  }

  function fill(made, line, figures, norm, chosen) {
    const { waiting, waited } = line;
    const found = level(waited, norm, data.alerting.near);
    const part = (name) => made.querySelector(`.queue__${name}`);
    tone(made, "queue", waiting === 0 ? "none" : found);
    made.firstChild.setAttribute("aria-pressed", String(chosen));
    write(part("waiting"), waiting ? say("floor.wait_count", { n: waiting }) : "–");
    levelSign(part("level"), waiting, found, waited);
    part("bar").firstChild.style.width = `${Math.min(100, Math.round((100 * waited) / norm / SCALE))}%`;
    write(part("expected"), figures ? expected(figures) : "");
    const windows = figures?.windows ?? [];
    write(part("windows"), windows.length ? say("floor.at", { windows: windows.join(" ") }) : say("floor.no_window"));
    part("windows").classList.toggle("is-bad", windows.length === 0 && waiting > 0);
  }

  function expected({ low, high }) {
    if (low === null || high === null) return "–";
    return low >= data.long ? say("floor.expected_long") : say("floor.expected", { low, high });
  }

  function levelSign(place, waiting, found, waited) {
    const name = waiting ? found : "none";
    if (place.dataset.sign !== name) {
      place.dataset.sign = name;
      const sign = waiting ? [icon(LEVELS[found]), element("span"), element("span")] : [];
      place.replaceChildren(...sign);
    }
    if (!waiting) return;
    write(place.children[1], names.inMinutes(waited));
    write(place.children[2], say(`floor.level_${found}`));
  }

  function drawDay(state, found) {
    const { day } = state.figures;
    if (!day) return;
    const longest = Math.max(0, ...[...found.values()].map(({ waited }) => waited));
    const share = day.within_norm;
    const shown = [
      ["waiting", String(state.waiting.length), null],
      ["longest", names.inMinutes(longest), state.waiting.length ? level(longest, state.norm * MINUTE, data.alerting.near) : null],
      ["served", String(day.served), null],
      ["issued", String(day.issued), null],
      ["mean_wait", day.mean_wait === null ? "–" : names.inMinutes(day.mean_wait * MINUTE), null],
      ["within_norm", share === null ? "–" : `${Math.floor(share * 100)} %`, null],
      ["no_shows", String(day.no_shows), null],
      ["booked", String(day.booked), null],
    ];
    showList(part("day"), shown, {
      id: ([name]) => name,
      make: ([name]) => element("div", { class: "figure" }, element("dt", {}, say(`floor.day_${name}`)), element("dd", { class: "figures" })),
      fill: (made, [, text, found]) => {
        write(made.lastChild, text);
        tone(made, "figure", found ?? "plain");
      },
    });
  }

  return draw;
}
