/** What administrators do on the devices' page: let in, refuse, move, sign off. */

import { element, fillList, icon, write } from "../page.js";
import { askReason } from "../questions.js";
import { left } from "./admitting_state.js";
import { placeDialog } from "./place_dialog.js";

const EVERY = 4000;
/** What was done stays in sight for so long, ms. */
const DONE_FOR = 8000;
const REASONS = ["replaced", "unused", "lost", "doubt"];
const part = (id) => document.getElementById(id);

/** Returns {tick, keys}: `keys(name)` makes the keys of a device's card, `tick()` brings times up. */
export function admitting({ data, say, clock, get, post, look, device }) {
  let wishes = [];
  let doneAt = 0;
  const ask = placeDialog({ data, say, wishes: () => wishes });
  const icons = { kiosk: "kiosk", board: "board", station: "printer", corner: "terminal", callpad: "keyboard" };

  part("let-in").addEventListener("click", () => letIn(null));
  setInterval(() => document.hidden || read(), EVERY);
  read();

  async function read() {
    const found = await get("/pairings").catch(() => null);
    if (found) wishes = found.pairings;
    tick();
  }

  function letIn(wish) {
    ask({
      title: say("pairing.let_in_title"),
      verb: say("pairing.let_in"),
      fresh: true,
      device: wish && { ...wish, name: wish.suggested_name },
      send: async (place) => {
        const made = await post("/pairings/approve", place);
        await after("let_in_done", made.name);
      },
    });
  }

  async function refuse({ code }) {
    await post("/pairings/refuse", { code }).catch(() => null);
    await read();
  }

  function move(name) {
    ask({
      title: say("pairing.change_title", { name }),
      verb: say("staff.save"),
      fresh: false,
      device: device(name),
      send: async (place) => {
        await post(`/devices/${encodeURIComponent(name)}/change`, place);
        await after("changed", name);
      },
    });
  }

  async function signOff(name) {
    const reasons = REASONS.map((reason) => say(`pairing.reason_${reason}`));
    const answer = await askReason({ title: say("pairing.revoke_ask", { name }), reasons });
    if (!answer) return;
    const { reason } = answer;
    await post(`/devices/${encodeURIComponent(name)}/revoke`, { reason }).catch(() => null);
    await after("revoked", name);
  }

  async function after(text, name) {
    doneAt = clock.now();
    write(part("done"), say(`pairing.${text}`, { name }));
    part("done").hidden = false;
    await Promise.all([read(), look()]);
  }

  function tick() {
    part("wishes").hidden = wishes.length === 0;
    fillList(part("wishes-list"), wishes, { id: ({ code }) => code, make, fill });
    if (!part("done").hidden && clock.now() - doneAt > DONE_FOR) part("done").hidden = true;
  }

  function make(wish) {
    const { code, kind, address } = wish;
    const key = (name, press, first) =>
      element(
        "button",
        { class: first ? "key key--first" : "key", type: "button", "aria-label": say(`pairing.${name}_one`, { code }), onclick: press },
        say(`pairing.${name}`),
      );
    return element(
      "li",
      { class: "wish card" },
      element("span", { class: "device__picture" }, icon(icons[kind] ?? "gear")),
      element("span", { class: "wish__code figures" }, code),
      element(
        "div",
        { class: "wish__facts" },
        element("strong", {}, say(`devices.kind_${kind}`)),
        element("span", { class: "small soft" }, `${address} · `, element("span", { class: "figures wish__left" })),
      ),
      element("div", { class: "wish__keys" }, key("refuse", () => refuse(wish)), key("let_in", () => letIn(wish), true)),
    );
  }

  const fill = (made, { expires_at: at }) =>
    write(made.querySelector(".wish__left"), say("pairing.left", { time: left(at, clock.now()) }));

  function keys(name) {
    const key = (text, kind, press) =>
      element("button", { class: `key ${kind}`, type: "button", "aria-label": `${say(`pairing.${text}`)}: ${name}`, onclick: press }, say(`pairing.${text}`));
    return element(
      "div",
      { class: "device__keys" },
      key("change", "", () => move(name)),
      key("revoke", "key--bad", () => signOff(name)),
    );
  }

  return { tick, keys };
}
