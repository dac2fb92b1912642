/** From a draft or a file to the catalogue in force: check, show the difference, apply. */

import { Refused } from "../api.js";
import { write } from "../page.js";
import { differenceList } from "./comparing.js";
import { inWords } from "./fault_words.js";

/**
 * Returns {check(body, version, file)}: asks what a draft or a file changes, and shows it.
 * `onFaults(errors, orphans)` takes what is wrong with a draft, `onChanged()` that another version
 * is in force, `onDone({version})` that it is.
 */
export function applying({ part, words, post, nameOf, unsaved, onDone, onFaults, onChanged }) {
  const { say } = words;
  let pending = null;

  async function check(body, version, file = null) {
    const answer = await asked(() => post("/catalogue/check", body));
    if (!answer) return;
    if (!file && (answer.errors.length > 0 || answer.orphans.length > 0)) {
      onFaults(answer.errors, answer.orphans);
      return;
    }
    if (!file && answer.version !== version) {
      onChanged();
      return;
    }
    show(answer, file);
    pending = { body, version: answer.version };
  }

  function show({ errors, orphans, changes }, file) {
    const faults = [...errors, ...orphans];
    const right = faults.length === 0;
    write(part("compare-title"), file ?? say("catalogue.show_changes"));
    part("compare-faults").hidden = right;
    part("compare-faults-list").replaceChildren(...faults.map((fault) => lineOf(fault, file)));
    write(part("compare-none"), say("catalogue.no_changes"));
    part("compare-none").hidden = !right || changes.length > 0;
    part("compare-list").replaceChildren(...(right ? [differenceList(changes, { ...words, nameOf })] : []));
    part("compare-reason-row").hidden = !right || changes.length === 0;
    part("compare-apply").hidden = !right || changes.length === 0;
    write(part("compare-said"), "");
    part("compare-drops").hidden = !file || !right || unsaved() === 0;
    write(part("compare-drops"), say("catalogue.import_drops", { n: unsaved() }));
    part("compare").showModal();
    part("compare-title").focus();
  }

  function lineOf(fault, file) {
    const { field, sentence } = inWords(fault, words);
    const item = document.createElement("li");
    const where = document.createElement("code");
    where.textContent = file ? fault.field : field;
    if (where.textContent) item.append(where, ": ");
    item.append(sentence);
    return item;
  }

  async function apply() {
    const reason = part("compare-reason").value.trim();
    const body = { ...pending.body, based_on: pending.version, ...(reason && { reason }) };
    part("compare-apply").disabled = true;
    const answer = await asked(() => post("/catalogue", body));
    part("compare-apply").disabled = false;
    if (!answer) return;
    part("compare").close();
    part("compare-reason").value = "";
    onDone(answer);
  }

  /** Asks the server; what it refuses goes where it belongs, and null is returned. */
  async function asked(question) {
    try {
      return await question();
    } catch (error) {
      const code = error instanceof Refused ? error.code : "";
      if (code === "catalogue_changed") {
        part("compare").close();
        onChanged();
      } else if (["catalogue_faulty", "would_orphan"].includes(code)) {
        part("compare").close();
        onFaults(error.problem.errors ?? []);
      } else {
        failed(code ? say(`error.${code}`) : say("staff.connection_lost"));
      }
      return null;
    }
  }

  function failed(text) {
    const place = part("compare").open ? part("compare-said") : part("banner-text");
    if (!part("compare").open) part("banner").hidden = false;
    write(place, text);
  }

  part("compare-form").addEventListener("submit", (event) => {
    event.preventDefault();
    apply();
  });
  for (const key of part("compare").querySelectorAll("[data-close]")) {
    key.addEventListener("click", () => part("compare").close());
  }
  return { check };
}
