/** What needs the supervisor now: waits, idle windows, calls for help, devices, closed services. */

import { element, icon, write } from "../page.js";
import { showList } from "./lists.js";

const SIGNS = { norm: "warning", idle: "clock", unserved: "close", help: "help", device: "kiosk", closed: "no-ticket" };

/**
 * Returns the rows of the list, the gravest first: {id, kind, tone, text, since, act}. `rows` are
 * those of devices/alarms.js; `act` says what the row's key does.
 */
export function alertRows(state, rows, { say, names, data }) {
  return [
    ...rows.filter(({ kind }) => kind === "help").map((row) => hallRow(row, say, data)),
    ...state.figures.alerts.map((alert) => ruleRow(alert, say, names)),
    ...rows.filter(({ kind }) => kind !== "help").map((row) => hallRow(row, say, data)),
    ...closedRows(state.closures, say, names),
  ];
}

function hallRow(row, say, data) {
  const help = row.kind === "help";
  const text = row.text in data.texts ? say(row.text) : say("devices.alert_other");
  return {
    id: row.id,
    kind: help ? "help" : "device",
    tone: help ? "accent" : row.kind,
    text: `${row.device}: ${text}`,
    since: row.at,
    act: row.news ? { name: "dismiss", id: row.id } : row.call && { name: "answer", call: row.call },
  };
}

function ruleRow({ kind, subject, count, since, lack }, say, names) {
  const id = `${kind} ${subject} ${lack ?? ""}`;
  if (kind === "norm") {
    const text = say("floor.alert_norm", { group: `${subject} · ${names.group(subject)}`, n: count });
    return { id, kind, tone: "bad", text, since, act: { name: "group", group: subject } };
  }
  if (kind === "idle") {
    const text = say("floor.alert_idle", { window: names.window(subject), n: count });
    return { id, kind, tone: "warn", text, since, act: { name: "window", window: Number(subject) } };
  }
  const text = say(`floor.alert_no_${lack}`, { service: `${subject} · ${names.service(subject)}`, n: count });
  const group = names.services.get(subject)?.group ?? "";
  return { id, kind, tone: "bad", text, since, act: { name: "group", group } };
}

/** Services closed for the same reason stand together, whole groups by their letter. */
function closedRows(closures, say, names) {
  const reasons = new Map();
  for (const { service, reason } of closures) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), service]);
  }
  return [...reasons].map(([reason, services]) => {
    const levels = Object.fromEntries(services.map((service) => [service, { level: 1 }]));
    const what = names.takes(levels, 1).join(", ");
    const text = say("floor.alert_closed", { what, reason: names.reason(reason) });
    return { id: `closed ${reason}`, kind: "closed", tone: "plain", text, since: null, act: { name: "issuing" } };
  });
}

/** Returns draw(rows, now); `press(act)` does what a row's key says. */
export function alertsView({ say, names, press, may }) {
  const part = (id) => document.getElementById(id);
  let shown = [];

  function draw(rows, now) {
    shown = rows;
    part("alerts").hidden = rows.length === 0;
    part("no-alerts").hidden = rows.length > 0;
    part("alert-count").hidden = rows.length === 0;
    write(part("alert-count"), String(rows.length));
    showList(part("alerts"), rows, { id: ({ id }) => id, make, fill: (made, row) => fill(made, row, now) });
  }

  function make({ id, kind, tone, act }) {
    const key = act && (act.name !== "answer" || may.help) && (act.name !== "issuing" || may.issuing);
    return element(
      "li",
      { class: `alert alert--${tone}` },
      icon(SIGNS[kind]),
      element("span", { class: "alert__what" }, element("span"), element("span", { class: "alert__since figures" })),
      key && element("button", { class: "alert__key", type: "button", onclick: () => press(shown.find((row) => row.id === id).act) }, say(`floor.do_${act.name}`)),
    );
  }

  function fill(made, { text, since }, now) {
    const [what, when] = made.querySelector(".alert__what").children;
    write(what, text);
    write(when, since ? names.inMinutes(now - Date.parse(since)) : "");
  }

  return draw;
}
