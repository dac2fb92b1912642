/** Asks where a device stands, and for a new one which code it shows and what it is called. */

import { Refused } from "../api.js";
import { element, write } from "../page.js";
import { closeFromOutside } from "../questions.js";
import { codeOf, hallOf, windowsIn } from "./admitting_state.js";

const part = (id) => document.getElementById(id);
const FIELDS = ["code", "name", "hall", "window"];
/** Refusals that are about the code, whatever they name. */
const OF_CODE = new Set(["unknown_pairing", "pairing_over"]);

/**
 * Returns ask(question): opens the dialog. `question` is {title, verb, device, send}: `device` is
 * {kind, name, hall, window} or null while the code is not typed; `send(place)` does it and may be
 * refused, which is then said at its field. `wishes()` are the devices that wait.
 */
export function placeDialog({ data, say, wishes }) {
  const dialog = part("ask-place");
  let question = null;
  let device = null;

  dialog.addEventListener("click", closeFromOutside);
  part("code").addEventListener("input", lookUp);
  part("halls").addEventListener("change", () => fillWindows());
  part("place-form").addEventListener("submit", submit);
  part("halls").append(...data.places.halls.map(hallChoice));

  function ask(asked) {
    question = asked;
    clear();
    write(part("place-title"), asked.title);
    write(part("place-done"), asked.verb);
    part("code-row").hidden = !asked.fresh;
    part("name-row").hidden = !asked.fresh;
    part("halls-row").hidden = data.places.halls.length < 2;
    part("code").value = asked.device?.code ?? "";
    about(asked.device ?? null);
    dialog.showModal();
    (asked.fresh ? part(asked.device ? "name" : "code") : part("place-done")).focus();
  }

  /** Takes up what is known of the device that is asked about. */
  function about(now) {
    device = now;
    part("asked-by").hidden = !(question.fresh && now);
    if (now?.kind) write(part("asked-by"), `${say(`devices.kind_${now.kind}`)} · ${now.address ?? ""}`);
    part("name").value = now?.name ?? "";
    const hall = now?.hall ?? data.places.halls[0];
    part("halls").querySelector(`[value="${hall}"]`).checked = true;
    fillWindows(now?.window);
  }

  function lookUp() {
    fault("code");
    const found = wishes().find((wish) => codeOf(wish.code) === codeOf(part("code").value));
    if (found?.code !== device?.code) about(found ? { ...found, name: found.suggested_name } : null);
  }

  function fillWindows(wanted) {
    const bound = data.places.at_window.includes(device?.kind);
    part("windows-row").hidden = !bound;
    const windows = bound ? windowsIn(data.places.windows, hallChosen()) : [];
    part("window").replaceChildren(
      ...windows.map((number) =>
        element("option", { value: number, selected: number === wanted }, say("staff.window_number", { n: number })),
      ),
    );
  }

  const hallChosen = () => hallOf(part("halls").querySelector(":checked"), data.places.halls);

  async function submit(event) {
    event.preventDefault();
    clear();
    const place = { hall: hallChosen() };
    if (!part("windows-row").hidden) place.window = Number(part("window").value);
    const fresh = { code: part("code").value, name: part("name").value };
    try {
      await question.send(question.fresh ? { ...place, ...fresh } : place);
      dialog.close();
    } catch (error) {
      tell(error);
    }
  }

  /** Says what was wrong, at its field where it has one. */
  function tell(error) {
    const field = OF_CODE.has(error.code) ? "code" : error.problem?.field;
    // "invalid" says nothing that the field does not say better
    const known = error instanceof Refused && error.code !== "invalid" && `error.${error.code}` in data.texts;
    const sentence = error instanceof Refused ? say(known ? `error.${error.code}` : "error.other") : say("staff.connection_lost");
    if (field === "name" && !known) fault("name", say("pairing.name_hint"));
    else if (field === "code" && !known) fault("code", say("error.unknown_pairing"));
    else if (FIELDS.includes(field)) fault(field, sentence);
    else fault("place", sentence);
  }

  function clear() {
    [...FIELDS, "place"].forEach((field) => fault(field));
  }

  function fault(field, sentence = "") {
    const place = part(`${field}-fault`);
    place.hidden = !sentence;
    write(place, sentence);
    const box = part(field);
    box?.setAttribute("aria-invalid", String(Boolean(sentence)));
    if (sentence) box?.focus();
  }

  function hallChoice(number, at) {
    const radio = element("input", { type: "radio", name: "hall", value: number, checked: at === 0 });
    return element("label", { class: "choice" }, radio, element("span", {}, say("devices.hall", { n: number })));
  }

  return ask;
}
