/** What the panel asks before a move: a reason, or where to. */

import { ask, element, write } from "../page.js";

const part = (id) => document.getElementById(id);
const HOLD = ["missing_document", "filling_form", "payment", "photo", "consultation", "other"];
const CALL = ["came_late", "with_child", "unwell", "visitor_asked", "document_checked", "wrong_service"];
const PAUSE_LIMIT = 300;

/** Returns the panel's questions; each resolves with an answer, or null when it was left. */
export function panelDialogs(data, say) {
  const services = data.services.map((service) => ({
    value: service.id,
    name: service.name,
    hint: service.id,
    words: fold([service.id, ...service.names].join(" ")),
  }));
  const windows = data.windows
    .filter((window) => window.number !== data.window)
    .map(({ number }) => {
      const at = data.clerks.filter((clerk) => clerk.window === number);
      const name = say("staff.window_number", { n: number });
      const hint = at.map((clerk) => clerk.name).join(", ");
      return { value: number, name, hint, words: fold(`${number} ${name} ${hint}`) };
    });
  const clerks = data.clerks
    .filter((clerk) => clerk.login !== data.person.login)
    .map(({ login, name, window }) => ({
      value: login,
      name,
      hint: window ? say("staff.window_number", { n: window }) : "",
      words: fold(`${login} ${name} ${window ?? ""}`),
    }));

  return {
    hold: () => askReason(say("staff.hold"), HOLD, true),
    callOutOfOrder: (number) => askReason(`${number} · ${say("staff.call_this_reason")}`, CALL, false),
    transfer: (number) => askPlace(`${say("staff.transfer")} · ${number}`, say("staff.transfer"), true),
    leg: (number) => askPlace(`${say("staff.add_leg")} · ${number}`, say("staff.add_leg"), false),
  };

  function askReason(title, reasons, timed) {
    return ask(part("ask-reason"), (choose, options) => {
      const minutes = () => Number(document.querySelector("[name=minutes]:checked").value) || null;
      const answer = (reason) => choose({ reason, minutes: timed ? minutes() : null });
      write(part("reason-title"), title);
      part("minutes-row").hidden = !timed;
      document.querySelector("[name=minutes][value='']").checked = true;
      part("own-reason").value = "";
      part("reasons").replaceChildren(...reasons.filter((key) => key !== "other").map(
        (key, place) => reasonKey(say(`reason.${key}`), place + 1, answer),
      ));
      part("ask-reason").addEventListener("keydown", (event) => byNumber(event), options);
      part("reason-done").addEventListener("click", (event) => {
        event.preventDefault();
        const reason = part("own-reason").value.trim().slice(0, PAUSE_LIMIT);
        if (reason) answer(reason);
        else part("own-reason").focus();
      }, options);
    });
  }

  function reasonKey(text, number, answer) {
    return element(
      "button",
      { class: "key reason", type: "button", autofocus: number === 1, "data-number": number, onclick: () => answer(text) },
      element("kbd", { class: "cap" }, String(number)),
      element("span", {}, text),
    );
  }

  function byNumber(event) {
    if (event.target.matches("#own-reason")) return;
    part("reasons").querySelector(`[data-number="${CSS.escape(event.key)}"]`)?.click();
  }

  function askPlace(title, verb, anywhere) {
    return ask(part("ask-place"), (choose, options) => {
      const lists = { service: services, window: windows, clerk: clerks };
      const search = part("place-search");
      const kind = () => (anywhere ? document.querySelector("[name=kind]:checked").value : "service");
      const show = () => showPlaces(lists[kind()], search.value);
      write(part("place-title"), title);
      write(part("place-done"), verb);
      part("place-kinds").hidden = !anywhere;
      part("back-row").hidden = !anywhere;
      part("with-return").checked = false;
      document.querySelector("[name=kind][value=service]").checked = true;
      search.value = "";
      show();
      search.addEventListener("input", show, options);
      search.addEventListener("keydown", intoPlaces, options);
      part("place-kinds").addEventListener("change", () => {
        search.value = "";
        show();
      }, options);
      part("places").addEventListener("change", () => (part("place-done").disabled = false), options);
      part("place-done").addEventListener("click", (event) => {
        event.preventDefault();
        const value = document.querySelector("[name=place]:checked").value;
        choose(placeAnswer(kind(), value, part("with-return").checked));
      }, options);
    });
  }
}

/** Folds a text for searching: apostrophes of every kind away, small letters. */
export function fold(text) {
  return text.toLowerCase().replace(/[ʻʼ‘’'`´]/g, "");
}

function placeAnswer(kind, value, back) {
  if (kind === "service") return { to_service: value, with_return: back };
  if (kind === "window") return { to_window: Number(value), with_return: back };
  return { to_clerk: value, with_return: back };
}

function showPlaces(places, typed) {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const found = places.filter((place) => words.every((word) => place.words.includes(word)));
  part("no-place").hidden = found.length > 0;
  part("place-done").disabled = true;
  part("places").replaceChildren(...found.map(placeChoice));
  part("places").scrollTop = 0;
}

function placeChoice({ value, name, hint }) {
  return element(
    "label",
    { class: "place" },
    element("input", { type: "radio", name: "place", value }),
    element("span", { class: "place__name" }, name),
    element("span", { class: "small soft" }, hint),
  );
}

/** From the search, down and Enter go to the first that was found. */
function intoPlaces(event) {
  if (event.key !== "ArrowDown" && event.key !== "Enter") return;
  event.preventDefault();
  const first = part("places").querySelector("input");
  if (first) {
    first.checked = true;
    first.focus();
    part("place-done").disabled = false;
  }
}
