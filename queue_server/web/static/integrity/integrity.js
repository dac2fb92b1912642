/** Integrity: a controller's word on an alert, and a look at the open day. All else is read. */

import { api, Refused } from "../api.js";
import { element, speaker, startingData } from "../page.js";
import "../person_menu.js";

/** What each key makes of an alert. */
const STATES = { explain: "explained", confirm: "confirmed", dismiss: "dismissed" };

const data = startingData();
const say = speaker(data.texts);
const server = api(data.csrf_token);

for (const form of document.querySelectorAll(".settling")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle(form, event.submitter?.value ?? "explain");
  });
}
document.getElementById("check")?.addEventListener("click", check);

/** Sends what was written; what is refused stays in the form. */
async function settle(form, step) {
  const box = form.querySelector("textarea");
  const text = box.value.trim();
  if (!text) return refuse(form, say("integrity.empty"));
  busy(form, true);
  try {
    await server.post(`/integrity/${form.dataset.alert}/${step}`, { text });
    done(form, STATES[step]);
  } catch (fault) {
    refuse(form, sentence(fault));
  } finally {
    busy(form, false);
  }
}

/** Puts what has become of the alert in the place of its form, and the focus on it. */
function done(form, state) {
  count(form.dataset.state, -1);
  count(state, 1);
  const said = say("integrity.saved", { state: say(`integrity.is_${state}`) });
  const told = element("p", { class: "alert__done", tabindex: "-1", role: "status" }, said);
  form.closest(".alert").querySelector(".alert__state").remove();
  form.replaceWith(told);
  told.focus();
}

function count(state, change) {
  const shown = document.querySelector(`[data-count="${state}"]`);
  shown.textContent = String(Number(shown.textContent) + change);
}

function refuse(form, sentence) {
  const box = form.querySelector("textarea");
  box.setAttribute("aria-invalid", "true");
  form.querySelector(".field__fault").textContent = sentence;
  box.focus();
}

function busy(form, is) {
  for (const key of form.querySelectorAll("button")) key.disabled = is;
}

/** Lets the rules look at today; the page is shown anew where that has brought something. */
async function check() {
  const key = document.getElementById("check");
  const told = document.getElementById("checked");
  key.disabled = true;
  told.textContent = say("integrity.checking");
  try {
    const { raised } = await server.post("/integrity/check");
    if (raised) location.assign("/integrity?state=open");
    else told.textContent = say("integrity.nothing_new");
  } catch (fault) {
    told.textContent = sentence(fault);
  } finally {
    key.disabled = false;
  }
}

function sentence(fault) {
  if (!(fault instanceof Refused)) return say("integrity.unreachable");
  const own = `integrity.${fault.code}`;
  if (own in data.texts) return data.texts[own];
  return data.texts[`error.${fault.code}`] ?? data.texts["error.other"];
}
