/** The strip under the bar of staff's pages: calls for help and devices in trouble. */

import { element, fillList, icon, write } from "../page.js";

const MINUTE = 60000;
const PICTURES = { help: "help", warn: "warning", bad: "warning" };

/**
 * Returns draw(rows): shows them in `list`. A call for help has a key where `answer(row)` is given,
 * news can be put away where `dismiss(row)` is.
 */
export function alarmStrip({ list, data, say, clock, answer, dismiss }) {
  let shown = [];

  function draw(rows) {
    shown = rows;
    list.hidden = rows.length === 0;
    fillList(list, rows, { id: ({ id }) => id, make, fill });
  }

  function make({ id, kind, call, news }) {
    const row = () => shown.find((each) => each.id === id);
    return element(
      "li",
      { class: `alarm alarm--${kind}` },
      icon(PICTURES[kind]),
      element("span", { class: "alarm__what" }),
      call !== null && answer && key("answer", () => answer(row())),
      news && dismiss && closing(() => dismiss(row())),
    );
  }

  function key(name, press) {
    const text = say(`devices.${name}`);
    return element("button", { class: "alarm__key", type: "button", onclick: press }, text);
  }

  function closing(press) {
    const label = say("devices.dismiss");
    const properties = { class: "alarm__close", type: "button", "aria-label": label, onclick: press };
    return element("button", properties, icon("dismiss"));
  }

  function fill(made, row) {
    const text = row.text in data.texts ? say(row.text) : say("devices.alert_other");
    const minutes = row.at ? Math.floor((clock.now() - Date.parse(row.at)) / MINUTE) : 0;
    const since = minutes > 0 ? ` · ${say("devices.minutes_ago", { n: minutes })}` : "";
    write(made.querySelector(".alarm__what"), `${row.device}: ${text}${since}`);
  }

  return draw;
}
