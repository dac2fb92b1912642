/** Reads what supervisors have written to this window, and keeps the strip under the bar. */

import { panelStrip, stripRows } from "./panel_strip.js";

/** Returns { draw, look }: what stands in the strip, and a fresh look at the messages. */
export function panelMail({ data, say, clock, get, post, person, onOver, onWaits }) {
  const list = document.getElementById("strip");
  const strip = panelStrip({ list, say, clock, done });
  let messages = [];
  let others = { over: [], waits: null };

  async function look() {
    try {
      ({ messages } = await get(`/windows/${data.window}/messages`));
    } catch {
      // the connection is told to be lost elsewhere; what is known stays
    }
    show();
  }

  function show() {
    strip(stripRows({ messages, ...others }, say, person));
  }

  async function done({ kind, key }) {
    if (kind === "over") return onOver(key);
    if (kind === "waits") return onWaits();
    // read at once for the clerk; the server is told behind it
    const at = new Date(clock.now()).toISOString();
    messages = messages.map((each) => (each.id === key ? { ...each, read_at: at } : each));
    show();
    await post(`/messages/${key}/read`).catch(() => null);
  }

  return {
    look,
    draw(over, waits) {
      others = { over, waits };
      show();
    },
  };
}
