/** The sign-in form works without this; it only lets one see the password. */

const field = document.getElementById("password");
const toggle = document.getElementById("show-password");

toggle.hidden = false;
toggle.addEventListener("click", () => {
  const shown = field.type === "text";
  field.type = shown ? "password" : "text";
  toggle.setAttribute("aria-pressed", String(!shown));
  field.focus();
});
