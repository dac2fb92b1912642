/** What the supervisor is asked before a move: where to, whom, and why. Null when it is left. */

import { clerkItems, placeKinds, transferTo } from "../offers.js";
import { closeFromOutside, askOne, askReason, fold } from "../questions.js";
import { element, write } from "../page.js";

/** move → its ready reasons: keys of the texts `reason.*` and `floor.reason_*`. */
const REASONS = {
  open: ["floor.reason_queue", "floor.reason_replace", "floor.reason_plan"],
  pause: ["floor.reason_lunch", "floor.reason_rest", "floor.reason_meeting", "floor.reason_archive", "floor.reason_technical"],
  close: ["floor.reason_shift_over", "floor.reason_no_visitors", "floor.reason_needed_elsewhere", "floor.reason_technical", "floor.reason_unwell"],
  call: ["reason.came_late", "reason.with_child", "reason.unwell", "reason.visitor_asked", "reason.document_checked", "reason.wrong_service"],
  transfer: ["reason.wrong_service", "floor.reason_load", "floor.reason_language", "reason.visitor_asked"],
  category: ["reason.document_checked", "reason.mistake", "reason.unwell", "reason.with_child"],
  cancel: ["reason.left", "reason.mistake", "reason.visitor_asked", "reason.system_down"],
  hold: ["reason.missing_document", "reason.filling_form", "reason.payment", "reason.photo", "reason.consultation"],
  return: ["reason.mistake", "reason.visitor_asked", "reason.system_down"],
  duty: ["floor.reason_queue", "floor.reason_replace", "floor.reason_no_specialist", "floor.reason_training"],
};
const part = (id) => document.getElementById(id);

/** Returns the page's questions; `names` as in floor_names.js. */
export function floorQuestions({ data, say, names }) {
  const nothing = say("staff.nothing_found");
  const one = (title, verb, items, label = "") =>
    askOne({ title, verb, nothing, kinds: [{ name: "one", label, items }] });

  function why(move, about, timed = false) {
    const title = `${say(`floor.do_${move}`)} · ${about}`;
    return askReason({ title, reasons: REASONS[move].map((key) => say(key)), timed });
  }

  /** Returns the clerk's login: those who have no window open. */
  function whichClerk(state, number) {
    const busy = new Set(state.windows.map(({ clerk }) => clerk));
    const free = state.clerks.filter(({ login }) => !busy.has(login));
    const own = (clerk) => Number(clerk.window === number);
    const clerks = free.sort((one, other) => own(other) - own(one));
    const title = `${say("floor.do_open")} · ${names.window(number)}`;
    return one(title, say("floor.do_open"), clerkItems({ clerks }, say));
  }

  /** Returns the number of a window that is open and free. */
  function whichWindow(state, ticket) {
    const free = state.windows.filter(({ state: shift, ticket: hand }) => shift === "open" && !hand);
    const takes = (window) => Number(ticket.service in window.takes);
    const items = free
      .sort((one, other) => takes(other) - takes(one))
      .map((window) => {
        const name = names.window(window.number);
        const clerk = names.clerk(state, window.clerk);
        const hint = takes(window) ? clerk : `${clerk} · ${say("floor.takes_not")}`;
        return { value: window.number, name, hint, words: fold(`${window.number} ${name} ${clerk}`) };
      });
    return askOne({
      title: `${say("floor.do_call")} · ${ticket.number}`,
      verb: say("floor.do_call"),
      nothing: say("floor.no_free_window"),
      kinds: [{ name: "one", label: "", items }],
    });
  }

  async function whereTo(state, ticket) {
    const places = placeKinds({ ...data, clerks: state.clerks }, say);
    const verb = say("floor.do_transfer");
    const back = ticket.state === "serving" || ticket.state === "called";
    const answer = await askOne({ title: `${verb} · ${ticket.number}`, verb, kinds: places, back, nothing });
    return answer && transferTo(answer);
  }

  function whichCategory(ticket) {
    const none = { value: "", name: say("staff.category_none"), hint: "", words: fold(say("staff.category_none")) };
    const items = data.categories.map(({ id, name }) => ({ value: id, name, hint: "", words: fold(name) }));
    const verb = say("floor.do_category");
    return one(`${verb} · ${ticket.number}`, verb, [none, ...items]);
  }

  /** Returns {kind: "group" | "service", value}. */
  function whichService(verb) {
    const groups = data.groups.map(({ prefix, name }) => ({ value: prefix, name, hint: prefix, words: fold(`${prefix} ${name}`) }));
    const services = data.services.map(({ id, name, names: all }) => ({ value: id, name, hint: id, words: fold([id, ...all].join(" ")) }));
    const kinds = [
      { name: "group", label: say("floor.groups"), items: groups },
      { name: "service", label: say("floor.services"), items: services },
    ];
    return askOne({ title: verb, verb, kinds, nothing });
  }

  return { why, whichClerk, whichWindow, whereTo, whichCategory, whichService, reasons: (move) => REASONS[move].map((key) => say(key)) };
}

/**
 * Asks for one of a few, or only whether to go on. Resolves with {value, ticked}: `choices` are
 * [value, text]; `tick` is the text of a mark that may be set, `grave` a key that warns.
 */
export function askChoice({ title, text = "", verb, choices = [], tick = "", grave = false }) {
  const dialog = part("choose");
  return new Promise((resolve) => {
    let answer = null;
    const leaving = new AbortController();
    const options = { signal: leaving.signal };
    write(part("choose-title"), title);
    write(part("choose-say"), text);
    part("choose-say").hidden = !text;
    part("choose-row").hidden = choices.length === 0;
    part("choose-list").replaceChildren(...choices.map(choiceRow));
    part("choose-tick-row").hidden = !tick;
    part("choose-tick").checked = false;
    write(part("choose-tick-text"), tick);
    write(part("choose-done"), verb);
    part("choose-done").classList.toggle("key--grave", grave);
    part("choose-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const value = dialog.querySelector("[name=choice]:checked")?.value ?? null;
      answer = { value, ticked: part("choose-tick").checked };
      dialog.close();
    }, options);
    dialog.addEventListener("click", closeFromOutside, options);
    dialog.addEventListener("close", () => {
      leaving.abort();
      resolve(answer);
    }, options);
    dialog.showModal();
    // nobody closes a day with a stray Enter
    (choices.length ? part("choose-list").querySelector("input") : dialog.querySelector(".dialog__end [data-close]")).focus();
  });
}

function choiceRow([value, text], place) {
  const radio = element("input", { type: "radio", name: "choice", value, checked: place === 0, required: true });
  return element("label", { class: "item" }, radio, element("span", {}, text));
}
