/** The own account: a password of one's own, and the two-step sign-in. */

import { api, Refused } from "../api.js";
import { speaker, startingData, write } from "../page.js";
import "../person_menu.js";

const data = startingData();
const say = speaker(data.texts);
const { post } = api(data.csrf_token);
const part = (id) => document.getElementById(id);
/** Which field a refusal is about, and its words where the code's own would say too little. */
const WORDS = { wrong_credentials: "people.wrong_old", wrong_code: "people.wrong_code" };
const GROUP = 4;

part("password-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const wish = { old: part("old").value, new: part("new").value };
  send("/account/password", wish, ["old", "new"], (account) => {
    part("password-form").reset();
    part("password-done").hidden = false;
    goOn(account);
  });
});

part("factor-begin")?.addEventListener("click", () => {
  send("/account/totp", {}, ["code"], ({ secret, qr }) => {
    const drawn = new DOMParser().parseFromString(qr, "image/svg+xml").documentElement;
    part("qr").replaceChildren(document.importNode(drawn, true));
    write(part("secret"), secret.match(new RegExp(`.{1,${GROUP}}`, "g")).join(" "));
    part("factor-begin").hidden = true;
    part("factor-form").hidden = false;
    part("code").focus();
  });
});

part("factor-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  send("/account/totp/confirm", { code: part("code").value }, ["code"], (account) => {
    factorIs(true, "people.factor_set");
    goOn(account);
  });
});

part("drop-form")?.addEventListener("submit", (event) => {
  event.preventDefault();
  send("/account/totp/drop", { code: part("drop-code").value }, ["drop-code"], () => {
    part("drop-form").reset();
    factorIs(false, "people.factor_dropped");
  });
});

/** Sends a wish; a refusal is said at its field, the first one where it names none of these. */
async function send(path, wish, fields, then) {
  for (const field of fields) fault(field, "");
  const empty = fields.find((field) => !part(field).value && part(field).checkVisibility());
  if (empty) return part(empty).focus();
  try {
    then(await post(path, wish));
  } catch (error) {
    if (error instanceof Refused && error.problem.code === "not_signed_in") location.assign("/sign-in?next=/account");
    else fault(fields.find((field) => field === error.problem?.field) ?? fields[0], words(error));
  }
}

function words(error) {
  if (!(error instanceof Refused)) return say("error.offline");
  const { code, seconds } = error.problem;
  if (code === "try_later") return waiting(seconds);
  return say(WORDS[code] ?? (`error.${code}` in data.texts ? `error.${code}` : "error.other"));
}

function waiting(seconds) {
  if (seconds > 90) return say("people.wait_minutes", { n: Math.ceil(seconds / 60) });
  return say("people.wait_seconds", { n: seconds });
}

/** Says at a field what is wrong with it; no words take the fault away. */
function fault(field, text) {
  const place = part(`${field}-fault`);
  place.hidden = !text;
  write(place, text);
  part(field).toggleAttribute("aria-invalid", Boolean(text));
  if (!text) return;
  part(field).setAttribute("aria-invalid", "true");
  if (part(field).checkVisibility()) part(field).focus();
}

function factorIs(on, said) {
  part("factor-on").hidden = !on;
  part("factor-off").hidden = on;
  part("factor-begin").hidden = on;
  part("factor-form").hidden = true;
  part("drop-form").hidden = !on || data.must_have;
  part("code").value = "";
  part("factor-done").hidden = false;
  write(part("factor-done").lastElementChild, say(said));
}

/** Goes to work once nothing is pending any more; to the next thing where something is. */
function goOn({ pending }) {
  if (data.pending) location.assign(pending ? location.href : data.onward);
}
