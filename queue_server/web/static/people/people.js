/** The center's people: a table that can be searched, and everything else in dialogs. */

import { api, Refused } from "../api.js";
import { element, fillList, icon, serverClock, speaker, startingData, write } from "../page.js";
import { closeFromOutside } from "../questions.js";
import "../person_menu.js";
import { acts, changes, counts, letters, shown, states } from "./people_state.js";

const EVERY = 10000;
const TICK = 1000;
const data = startingData();
const say = speaker(data.texts);
const clock = serverClock(data.now, data.timezone);
const { get, post } = api(data.csrf_token);
const part = (id) => document.getElementById(id);
const roleName = (role) => say(`role.${role}`);
const address = ({ login }) => `/people/${encodeURIComponent(login)}`;
const FIELDS = ["name", "login", "role", "window"];

let people = data.people;
/** Whom the open dialog is about; null is somebody new. */
let chosen = null;

part("search").addEventListener("input", draw);
part("views").addEventListener("change", draw);
part("add").addEventListener("click", () => openPerson(null));
part("role").addEventListener("change", showWindow);
part("person-form").addEventListener("submit", save);
part("sure-form").addEventListener("submit", act);
part("copy").addEventListener("click", copy);
for (const dialog of document.querySelectorAll("dialog:not(#given)")) {
  dialog.addEventListener("click", closeFromOutside);
}
for (const key of document.querySelectorAll("[data-act]")) {
  key.addEventListener("click", () => ask(key.dataset.act));
}
part("window").append(
  ...data.windows.map((number) => element("option", { value: number }, say("staff.window_number", { n: number }))),
);

/** Draws the rows of the view that is chosen, of those that the search finds. */
function draw() {
  const view = document.querySelector("[name=view]:checked").value;
  const found = shown(people, { view, typed: part("search").value, roleName });
  for (const [name, n] of Object.entries(counts(people))) write(part(`count-${name}`), say(`people.${name}`, { n }));
  part("nothing").hidden = found.length > 0;
  fillList(part("rows"), found, { id: ({ login }) => login, make, fill });
}

function make({ login }) {
  const open = () => openPerson(people.find((one) => one.login === login));
  return element(
    "tr",
    {},
    element(
      "td",
      { class: "crew__name" },
      element(
        "div",
        { class: "crew__who" },
        element("span", { class: "crew__letters", "aria-hidden": "true" }),
        element("strong"),
        element("span", { class: "small soft" }),
      ),
    ),
    element("td", { class: "crew__role" }),
    element("td", { class: "crew__window figures" }),
    element("td", { class: "crew__state" }, element("ul", { class: "crew__states" })),
    element("td", { class: "crew__edit" }, element("button", { class: "key", type: "button", onclick: open }, icon("edit"), element("span"))),
  );
}

function fill(row, person) {
  row.classList.toggle("is-out", person.disabled);
  write(row.querySelector(".crew__letters"), letters(person.name));
  write(row.querySelector("strong"), person.name);
  const own = person.login === data.me ? ` · ${say("people.yourself")}` : "";
  write(row.querySelector(".crew__who .small"), person.login + own);
  write(row.querySelector(".crew__role"), roleName(person.role));
  write(row.querySelector(".crew__window"), person.window ? say("staff.window_number", { n: person.window }) : "");
  fillList(row.querySelector(".crew__states"), states(person), {
    id: ([name]) => name,
    make: ([, tone, picture]) => element("li", { class: `chip chip--${tone}` }, icon(picture), element("span")),
    fill: (chip, [name]) => write(chip.lastChild, stateSaid(name, person)),
  });
  const key = row.querySelector("button");
  write(key.lastChild, say("people.edit"));
  key.setAttribute("aria-label", say("people.edit_of", { name: person.name }));
}

function stateSaid(name, { seen_at }) {
  const said = say(`people.${name}`);
  return name === "signed_in" && seen_at ? `${said} · ${clock.wall(Date.parse(seen_at))}` : said;
}

function openPerson(person) {
  chosen = person;
  for (const field of FIELDS) fault(field, "");
  write(part("person-title"), person ? person.name : say("people.add"));
  part("login-row").hidden = Boolean(person);
  part("acts").hidden = !person;
  part("name").value = person?.name ?? "";
  part("login").value = person?.login ?? "";
  part("role").value = person?.role ?? "clerk";
  part("window").value = person?.window ?? "";
  showWindow();
  if (person) {
    for (const [name, may] of Object.entries(acts(person, data.me))) {
      document.querySelector(`[data-act=${name}]`).hidden = !may;
    }
    part("acts").hidden = !part("acts").querySelector("button:not([hidden])");
  }
  part("person").showModal();
  part("name").focus();
}

function showWindow() {
  part("window-row").hidden = part("role").value !== "clerk";
}

async function save(event) {
  event.preventDefault();
  for (const field of FIELDS) fault(field, "");
  const wished = {
    name: part("name").value.trim(),
    role: part("role").value,
    window: Number(part("window").value) || null,
  };
  const login = part("login").value.trim();
  if (!wished.name) return part("name").focus();
  if (!chosen && !login) return part("login").focus();
  if (chosen) await change(wished);
  else await add({ ...wished, login, window: wished.role === "clerk" ? wished.window : null });
}

async function change(wished) {
  const wish = changes(chosen, wished);
  const done = !wish || (await tried(() => post(`${address(chosen)}/change`, wish), sayAtField));
  if (!done) return;
  part("person").close();
  write(part("told"), say("staff.saved"));
  await refresh();
}

async function add(wish) {
  const added = await tried(() => post("/people", wish), sayAtField);
  if (!added) return;
  part("person").close();
  give(added);
  await refresh();
}

/** Asks once more before somebody loses something. */
function ask(name) {
  const text = name.replace("-", "_");
  part("sure").dataset.asks = name;
  if (name === "enable") return act();
  write(part("sure-title"), say(`people.${text}`));
  write(part("sure-text"), say(`people.${text}_ask`, { name: chosen.name }));
  write(part("sure-done"), say(`people.${text}`));
  part("sure-done").classList.toggle("key--bad", name === "disable");
  part("sure-done").classList.toggle("key--first", name !== "disable");
  part("reason-row").hidden = name !== "disable";
  part("reason").value = "";
  part("sure-fault").hidden = true;
  part("person").close();
  part("sure").showModal();
  part(name === "disable" ? "reason" : "sure-done").focus();
}

async function act(event) {
  event?.preventDefault();
  const name = part("sure").dataset.asks;
  const reason = part("reason").value.trim();
  const body = name === "disable" && reason ? { reason } : {};
  const done = await tried(() => post(`${address(chosen)}/${name}`, body), (text) => {
    const place = part(part("sure").open ? "sure-fault" : "role-fault");
    place.hidden = false;
    write(place, text);
  });
  if (!done) return;
  part("sure").close();
  part("person").close();
  if (done.password) give(done);
  else write(part("told"), say("staff.saved"));
  await refresh();
}

/** Shows a password, this one time. */
function give({ person, password }) {
  write(part("given-title"), say("people.password_of", { name: person.name }));
  write(part("password"), password);
  write(part("copy").lastElementChild, say("home.copy"));
  part("given").showModal();
}

part("given").addEventListener("close", () => write(part("password"), ""));

async function copy() {
  getSelection().selectAllChildren(part("password"));
  // plain http in a hall has no clipboard interface; the selection is there to copy by hand
  if (navigator.clipboard) await navigator.clipboard.writeText(part("password").textContent);
  else if (!document.execCommand("copy")) return;
  write(part("copy").lastElementChild, say("home.copied"));
}

/** Returns what an attempt answers, or null after its refusal was said. */
async function tried(attempt, tell) {
  try {
    return await attempt();
  } catch (error) {
    if (error.status === 401) location.assign("/sign-in?next=/people");
    else tell(words(error), error.problem?.field);
    return null;
  }
}

function words(error) {
  if (!(error instanceof Refused)) return say("error.offline");
  const key = `error.${error.code}`;
  if (error.problem.field === "login" && error.code === "invalid") return say("people.login_hint");
  return say(key in data.texts ? key : "error.other");
}

function sayAtField(text, field) {
  fault(FIELDS.includes(field) ? field : "role", text);
}

/** Says at a field what is wrong with it; no words take the fault away. */
function fault(field, text) {
  const place = part(`${field}-fault`);
  place.hidden = !text;
  write(place, text);
  if (!text) return part(field).removeAttribute("aria-invalid");
  part(field).setAttribute("aria-invalid", "true");
  part(field).focus();
}

async function refresh() {
  try {
    ({ people } = await get("/people"));
    part("banner").hidden = true;
    draw();
  } catch (error) {
    if (error.status === 401) location.assign("/sign-in?next=/people");
    part("banner").hidden = false;
  }
}

setInterval(() => document.hidden || refresh(), EVERY);
setInterval(() => write(part("clock"), clock.wall(clock.now())), TICK);
write(part("clock"), clock.wall(clock.now()));
draw();
