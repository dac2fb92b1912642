/** The strip of a page where people work: calls for help, devices in trouble, what has just come up. */

import { alarmStrip } from "./alarm_strip.js";
import { alarmRows, heard, watchAlarms } from "./alarms.js";

/** What the devices' list tells anyway. */
const OF_DEVICES = new Set(["device_alerted", "device_recovered"]);

/** Shows the strip in `#alarms`; `reads` as in watchAlarms. */
export function hallAlarms({ data, say, clock, get, post, reads }) {
  const lists = reads.includes("/devices");
  const list = document.getElementById("alarms");
  const draw = alarmStrip({ list, data, say, clock, answer, dismiss });
  let rows = [];
  let news = [];
  const look = watchAlarms({
    get,
    reads,
    onChange: (known) => {
      rows = alarmRows(known);
      show();
    },
    onEvent: (event) => {
      if (lists && OF_DEVICES.has(event.type)) return;
      news = heard(news, event);
      show();
    },
  });

  const show = () => draw([...rows, ...news]);

  async function answer({ call }) {
    // a colleague may have been faster: the list tells
    await post(`/help/${call}/answer`).catch(() => null);
    await look();
  }

  function dismiss({ id }) {
    news = news.filter((row) => row.id !== id);
    show();
  }
}
