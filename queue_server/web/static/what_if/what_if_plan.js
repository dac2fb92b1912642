/** The form: what might be changed, as a wish to the server and as a sentence. */

import { element, icon, write } from "../page.js";
import { moments } from "./what_if_state.js";

const MINUTE = 60000;
/** Windows are opened on the half hour, lunches on the quarter. */
const HALF_HOUR = 30;
const QUARTER = 15;
const part = (id) => document.getElementById(id);

/** Returns the form's {draw(state), change(), sentence(change), fault(text, field, asked), clearFaults()}. */
export function planForm({ data, say, names, clock, kept }) {
  const form = part("form");
  let state = null;

  const kind = () => form.elements.kind.value;
  const level = () => Number(form.elements.level.value);

  function draw(next) {
    // where every window is open, the first question is which one may close
    if (!state && next.windows.every(({ state: now }) => now === "open")) form.elements.kind.value = "close";
    state = next;
    for (const field of form.querySelectorAll("[data-for]")) {
      field.hidden = !field.dataset.for.split(" ").includes(kind());
    }
    part("help-after-row").hidden = kind() !== "take" || level() !== 2;
    options(part("window"), windows().map(({ number }) => [number, windowLabel(number)]), say("what_if.no_window"));
    drawTakes();
    drawClerks();
    options(part("services"), serviceChoices());
    options(part("at"), times());
    options(part("category"), data.head_starts.map(({ category, minutes }) => [category, `${headStart(category)} · ${names.inMinutes(minutes * MINUTE)}`]));
  }

  /** Returns the windows that may be changed so. */
  function windows() {
    const opening = new Set(kept().filter((each) => each.kind === "open").map((each) => each.window));
    const open = ({ number, state: now }) => now !== "closed" || opening.has(number);
    if (kind() === "open") return state.windows.filter(({ number, state: now }) => !opening.has(number) && (now === "closed" || now === "paused"));
    if (kind() === "lunch") return state.windows.filter((each) => open(each) && Date.parse(data.lunches[each.number]?.begins) > clock.now());
    return state.windows.filter(open);
  }

  function windowLabel(number) {
    const window = found(number);
    const who = window.clerk ? ` · ${names.clerk(state, window.clerk)}` : "";
    const lunch = data.lunches[number];
    const eats = kind() === "lunch" && lunch ? ` · ${clock.wall(Date.parse(lunch.begins))}–${clock.wall(Date.parse(lunch.ends))}` : "";
    return `${names.window(number)}${who}${eats}`;
  }

  function drawTakes() {
    const window = found(Number(part("window").value));
    const said = (level) => (window ? names.takes(window.takes, level).join(" ") : "");
    const helps = said(2) && ` · ${say("what_if.helps", { services: said(2) })}`;
    write(part("window-takes"), said(1) || said(2) ? say("what_if.takes", { services: said(1) || "–" }) + helps : "");
  }

  function drawClerks() {
    const window = Number(part("window").value);
    const working = new Set(state.windows.map(({ clerk }) => clerk).filter(Boolean));
    const free = state.clerks.filter(({ login }) => !working.has(login));
    const own = free.find((clerk) => clerk.window === window);
    const others = free.filter((clerk) => clerk !== own).map(({ login, name }) => [login, name]);
    const paused = found(window)?.state === "paused";
    part("clerk").closest("[data-for]").hidden = kind() !== "open" || paused;
    options(part("clerk"), [["", own ? say("what_if.own_clerk", { name: own.name }) : say("what_if.any_clerk")], ...others]);
  }

  function serviceChoices() {
    return data.groups.flatMap(({ prefix, name }) => [
      [prefix, `${prefix} · ${name}`, name],
      ...data.services.filter(({ group }) => group === prefix).map(({ id, name: title }) => [`${prefix} ${id}`, `${id} · ${title}`, name]),
    ]);
  }

  function times() {
    const step = kind() === "lunch" ? QUARTER : HALF_HOUR;
    const later = moments(clock.now(), data.furthest, step).map((at) => [new Date(at).toISOString(), clock.wall(at)]);
    return kind() === "lunch" ? later : [["", say("what_if.now")], ...later];
  }

  /** Returns what the form wishes, or null and says what is missing. */
  function change() {
    clearFaults();
    const wish = { kind: kind() };
    if (wish.kind === "head_start") return headStartWish(wish);
    const number = Number(part("window").value);
    if (!number) return missing("window", say("what_if.no_window"));
    wish.window = number;
    if (wish.kind === "take") return takingWish(wish);
    if (part("at").value) wish.at = part("at").value;
    if (wish.kind === "open" && part("clerk").value) wish.clerk = part("clerk").value;
    return wish;
  }

  function takingWish(wish) {
    const [group, service] = part("services").value.split(" ");
    Object.assign(wish, service ? { services: [service] } : { groups: [group] }, { level: level() });
    if (wish.level !== 2 || part("help-after").value === "") return wish;
    if (!part("help-after").validity.valid) return missing("help-after", say("error.invalid"));
    return { ...wish, help_after_minutes: Number(part("help-after").value) };
  }

  function headStartWish(wish) {
    const minutes = part("minutes");
    if (minutes.value === "" || !minutes.validity.valid) return missing("minutes", say("what_if.say_minutes", { n: data.longest }));
    return { ...wish, category: part("category").value, minutes: Number(minutes.value) };
  }

  function missing(id, text) {
    point(part(id), text);
    return null;
  }

  function point(input, text) {
    const place = part(`${input.id}-fault`);
    write(place, text);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", place.id);
    input.focus();
  }

  function clearFaults() {
    for (const place of document.querySelectorAll(".field__fault")) write(place, "");
    for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  }

  /** Says what the server found wrong: at the field, or above the keys for what was kept. */
  function fault(text, field, asked) {
    const [, place, ...rest] = (field ?? "").split(".");
    const name = rest.at(-1);
    const input = [...form.querySelectorAll("[data-field]")].find((each) => each.dataset.field.split(" ").includes(name) && each.offsetParent);
    if (input && Number(place) === asked.length - 1) point(input, text);
    else write(part("form-fault"), place === undefined || !asked[place] ? text : `${sentence(asked[place])}: ${text}`);
  }

  /** Returns a change in words. */
  function sentence(wish) {
    const window = wish.window ? names.window(wish.window) : "";
    const time = wish.at ? say("what_if.at_time", { time: clock.wall(Date.parse(wish.at)) }) : say("what_if.now_word");
    if (wish.kind === "lunch") return say("what_if.said_lunch", { window, time: clock.wall(Date.parse(wish.at)) });
    if (wish.kind === "head_start") return say("what_if.said_head_start", { category: headStart(wish.category), n: wish.minutes });
    if (wish.kind === "take") {
      const services = [...(wish.groups ?? []).map((prefix) => `${prefix} ${names.group(prefix)}`), ...(wish.services ?? []).map((id) => `${id} ${names.service(id)}`)];
      return say(`what_if.said_take_${wish.level}`, { window, services: services.join(", ") });
    }
    return say(`what_if.said_${wish.kind}`, { window, time });
  }

  function headStart(category) {
    return data.head_starts.find((each) => each.category === category)?.name || say("what_if.appointment");
  }

  function found(number) {
    return state?.windows.find((window) => window.number === number);
  }

  for (const radio of form.querySelectorAll("[type=radio]")) {
    radio.addEventListener("change", () => {
      clearFaults();
      if (state) draw(state);
    });
  }
  part("window").addEventListener("change", () => state && draw(state));
  part("category").addEventListener("change", () => {
    part("minutes").value = data.head_starts.find((each) => each.category === part("category").value)?.minutes ?? "";
  });
  return { draw, change, sentence, fault, clearFaults };
}

/** Draws the changes that were kept, each with a key that drops it. */
export function drawKept(list, changes, sentence, say, drop) {
  list.hidden = changes.length === 0;
  list.replaceChildren(
    ...changes.map((change, place) => {
      const text = sentence(change);
      return element(
        "li",
        { class: "kept" },
        element("span", {}, text),
        element("button", { class: "kept__drop", type: "button", "aria-label": say("what_if.drop", { plan: text }), onclick: () => drop(place) }, icon("dismiss")),
      );
    }),
  );
}

/** Fills a list of [value, text, group], and keeps what is chosen; touches nothing that is right. */
function options(select, wanted, none) {
  const rows = wanted.length ? wanted : none ? [["", none]] : [];
  const print = JSON.stringify(rows);
  if (select.dataset.print === print) return;
  select.dataset.print = print;
  const chosen = select.value;
  const groups = new Map();
  const made = rows.map(([value, text, group]) => {
    const option = element("option", { value }, text);
    if (group === undefined) return option;
    if (!groups.has(group)) groups.set(group, element("optgroup", { label: group }));
    groups.get(group).append(option);
    return null;
  });
  select.replaceChildren(...made.filter(Boolean), ...groups.values());
  if (rows.some(([value]) => String(value) === chosen)) select.value = chosen;
}
