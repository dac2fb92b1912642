/** The devices' page: every kiosk, board, printer and PC, and how it is. */

import { api } from "../api.js";
import { element, fillList, icon, serverClock, speaker, startingData, write } from "../page.js";
import "../person_menu.js";
import { admitting } from "./admitting.js";
import { alarmRows, watchAlarms } from "./alarms.js";
import { alarmStrip } from "./alarm_strip.js";
import { ago, clockAhead, paperLeft, sorted, tally } from "./devices_state.js";

const TICK = 1000;
/** A clock that is off by more is said to be, s. */
const CLOCK_RIGHT = 2;
const PICTURES = { kiosk: "kiosk", board: "board", station: "printer", corner: "terminal", callpad: "keyboard" };
const TONES = {
  ok: ["good", "finish"],
  warning: ["warn", "warning"],
  trouble: ["bad", "warning"],
  silent: ["bad", "offline"],
  unknown: ["plain", "help"],
};

const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const part = (id) => document.getElementById(id);
const texted = (key, otherwise) => (key in data.texts ? say(key) : otherwise);

let known = { devices: [], calls: [] };
let seenAt = clock.now();

const strip = alarmStrip({ list: part("alarms"), data, say, clock, answer });
const look = watchAlarms({
  get,
  reads: data.answers ? ["/devices", "/help"] : ["/devices"],
  onChange: (now) => {
    known = now;
    seenAt = clock.now();
    draw();
  },
  onState: (connected) => {
    part("banner").hidden = connected;
    write(part("banner-text"), say("staff.connection_lost_at", { time: clock.wall(seenAt) }));
  },
});

const owner =
  data.places &&
  admitting({ data, say, clock, get, post, look, device: (name) => known.devices.find((each) => each.name === name) });

async function answer({ call }) {
  await post(`/help/${call}/answer`).catch(() => null);
  await look();
}

function draw() {
  strip(alarmRows({ devices: [], calls: known.calls }));
  part("nothing").hidden = known.devices.length > 0;
  fillList(part("tally"), tally(known.devices), {
    id: ([state]) => state,
    make: ([state]) => element("li", { class: `chip chip--${TONES[state][0]}` }, icon(TONES[state][1]), element("span")),
    fill: (made, [state, number]) => write(made.lastChild, `${say(`devices.state_${state}`)}: ${number}`),
  });
  fillList(part("devices"), sorted(known.devices), { id: ({ name }) => name, make, fill });
}

function make({ kind, name }) {
  return element(
    "li",
    { class: "device card" },
    element(
      "div",
      { class: "device__head" },
      element("span", { class: "device__picture" }, icon(PICTURES[kind] ?? "gear")),
      element("div", { class: "device__who" }, element("h2"), element("p", { class: "soft small" })),
      element("span", { class: "device__state" }),
    ),
    element("ul", { class: "device__alerts" }),
    element("dl", { class: "device__facts" }),
    owner && owner.keys(name),
  );
}

function fill(made, device) {
  const [tone, picture] = TONES[device.state] ?? TONES.unknown;
  const kind = texted(`devices.kind_${device.kind}`, device.kind);
  made.className = `device card device--${device.state}`;
  write(made.querySelector("h2"), device.name);
  const place = device.window ? say("staff.window_number", { n: device.window }) : say("devices.hall", { n: device.hall });
  write(made.querySelector(".device__who p"), `${kind} · ${place}`);
  const state = made.querySelector(".device__state");
  if (state.dataset.state !== device.state) {
    state.dataset.state = device.state;
    state.className = `device__state chip chip--${tone}`;
    state.replaceChildren(icon(picture), element("span", {}, say(`devices.state_${device.state}`)));
  }
  fillList(made.querySelector(".device__alerts"), device.alerts, {
    id: (alert) => alert,
    make: (alert) => element("li", {}, icon("warning"), element("span", {}, said(alert))),
    fill: () => {},
  });
  fillList(made.querySelector(".device__facts"), facts(device), {
    id: ([name]) => name,
    make: ([name]) => element("div", {}, element("dt", {}, say(`devices.${name}`)), element("dd")),
    fill: (row, [, text, share]) => fillFact(row.lastChild, text, share),
  });
}

const said = (alert) => texted(`devices.alert_${alert}`, `${say("devices.alert_other")} (${alert})`);

/** Writes a fact, with a bar beneath it where it is a share. */
function fillFact(place, text, share) {
  if (!place.firstChild) place.append(element("span"));
  write(place.firstChild, text);
  if (share === undefined) return;
  const bar = place.children[1] ?? place.appendChild(element("i", { class: "gauge" }, element("i")));
  bar.classList.toggle("gauge--low", share < 0.15);
  bar.firstChild.style.width = `${Math.round(share * 100)}%`;
}

function facts(device) {
  const { report } = device;
  const seen = device.seen_at ? say(...textOf(ago(device.seen_at, clock.now()))) : say("devices.never");
  return [
    ...(report?.printer ? printerFacts(report.printer) : []),
    clockFact(device),
    report?.temperature_c != null && ["temperature", `${Math.round(report.temperature_c)} °C`],
    report?.disk_free_mb != null && ["disk", disk(report.disk_free_mb)],
    report?.offline_tickets > 0 && ["offline_tickets", String(report.offline_tickets)],
    report?.screen && ["screen", report.screen],
    report?.version && ["version", report.version],
    report?.last_error && ["last_error", report.last_error],
    ["last_seen", seen],
  ].filter(Boolean);
}

const textOf = ([name, n]) => [`devices.${name}`, { n }];

function printerFacts(printer) {
  const state = printer.reason ? said(printer.reason) : say("devices.printer_ok");
  const left = paperLeft(printer);
  const paper = say(`devices.paper_${printer.paper}`);
  return [
    ["printer", printer.model ? `${printer.model} · ${state}` : state],
    left
      ? ["paper", `${paper} · ${say("devices.metres", { n: left.metres })}`, left.share]
      : ["paper", paper],
    printer.waiting > 0 && ["slips_waiting", String(printer.waiting)],
  ].filter(Boolean);
}

function clockFact(device) {
  const off = clockAhead(device);
  if (off === null) return null;
  if (Math.abs(off) <= CLOCK_RIGHT) return ["clock", say("devices.clock_right")];
  return ["clock", say("devices.clock_off", { n: off > 0 ? `+${off}` : `−${-off}` })];
}

const disk = (mb) => (mb < 10240 ? say("devices.mb", { n: mb }) : say("devices.gb", { n: Math.round(mb / 1024) }));

function tick() {
  write(part("clock"), clock.wall(clock.now()));
  owner?.tick();
  draw();
}

setInterval(tick, TICK);
tick();
