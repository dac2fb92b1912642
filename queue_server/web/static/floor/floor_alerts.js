/** What needs the supervisor now: waits, idle windows, calls for help, devices, closed services. */

import { element, icon, write } from "../page.js";
import { showList } from "./lists.js";

/** More long lines than this stand in one row. */
const FEW = 3;
const MINUTE = 60000;
const SIGNS = { norm: "warning", idle: "clock", unserved: "close", help: "help", device: "kiosk", closed: "no-ticket" };

/**
 * Returns the rows of the list, the gravest first: {id, kind, tone, text, since, act}. `rows` are
 * those of devices/alarms.js; `act` says what the row's key does.
 */
export function alertRows(state, rows, { say, names, data }) {
  return [
    ...rows.filter(({ kind }) => kind === "help").map((row) => hallRow(row, say, data)),
    ...gathered(state.figures.alerts, names).map((alert) => ruleRow(alert, say, names)),
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

/** Gathers services of one group that lack the same, and long lines where there are many. */
function gathered(alerts, names) {
  const found = new Map();
  const many = alerts.filter(({ kind }) => kind === "norm").length > FEW;
  for (const alert of alerts) {
    const { kind, subject, lack } = alert;
    const group = kind === "unserved" ? names.services.get(subject)?.group : null;
    const id = kind === "norm" && many ? "norm" : `${kind} ${group ?? subject} ${lack ?? ""}`;
    const before = found.get(id);
    found.set(id, before ? joined(before, alert, group) : { ...alert, id, group, subjects: [subject] });
  }
  return [...found.values()];
}

function joined(before, { subject, count, since }, group) {
  return {
    ...before,
    subject: group ?? before.subject,
    subjects: [...before.subjects, subject],
    count: before.count + count,
    since: before.since < since ? before.since : since,
  };
}

function ruleRow({ id, kind, subject, subjects, count, since, lack, group }, say, names) {
  if (kind === "norm") {
    const what = subjects.length > 1 ? subjects.join(" ") : `${subject} · ${names.group(subject)}`;
    const text = say("floor.alert_norm", { group: what, n: count });
    return { id, kind, tone: "bad", text, since, act: { name: "group", group: subject } };
  }
  if (kind === "idle") {
    const text = say("floor.alert_idle", { window: names.window(subject), n: count });
    return { id, kind, tone: "warn", text, since, act: { name: "window", window: Number(subject) } };
  }
  const name = subjects.length > 1 ? names.group(group) : names.service(subject);
  const text = say(`floor.alert_no_${lack}`, { service: `${subject} · ${name}`, n: count });
  return { id, kind, tone: "bad", text, since, act: { name: "group", group: group ?? "" } };
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
      element("span", { class: "alert__what" }, element("span"), " ", element("span", { class: "alert__since figures" })),
      key && keyOf(id, act.name),
    );
  }

  /** A key that only leads somewhere is an arrow; one that does something says it. */
  function keyOf(id, name) {
    const text = say(`floor.do_${name}`);
    const onclick = () => press(shown.find((row) => row.id === id).act);
    const leads = name === "group" || name === "window";
    const look = leads ? "alert__key alert__key--arrow" : "alert__key";
    return element("button", { class: look, type: "button", onclick, title: leads && text }, leads ? icon("onward", text) : text);
  }

  function fill(made, { text, since }, now) {
    const [what, when] = made.querySelector(".alert__what").children;
    write(what, text);
    const lasted = since ? now - Date.parse(since) : 0;
    write(when, lasted >= MINUTE ? `· ${names.inMinutes(lasted)}` : "");
  }

  return draw;
}
