/** How the service ends: marked beforehand, so that Next and Finish need no second click. */

const choices = (name) => Array.from(document.querySelectorAll(`#ending [name=${name}]`));
const chosen = (name) => choices(name).find((choice) => choice.checked)?.value;

/** Returns the outcome and delivery as they are marked. */
export function ending() {
  return { outcome: chosen("outcome") ?? "solved", delivery: chosen("delivery") ?? null };
}

/** Marks the usual again, for the next visitor. */
export function resetEnding() {
  for (const choice of choices("outcome")) choice.checked = choice.value === "solved";
  for (const choice of choices("delivery")) choice.checked = false;
  remember();
}

/** Lets a way of delivery that was chosen by mistake be taken back by choosing it again. */
export function uncheckTwice() {
  for (const choice of choices("delivery")) {
    choice.addEventListener("click", () => {
      choice.checked = choice.dataset.was !== "true";
      remember();
    });
  }
}

function remember() {
  for (const choice of choices("delivery")) choice.dataset.was = String(choice.checked);
}
