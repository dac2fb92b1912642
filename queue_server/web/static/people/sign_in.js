/** The sign-in form works without this; it only lets one see what one types as a password. */

for (const toggle of document.querySelectorAll("[data-shows]")) {
  const field = document.getElementById(toggle.dataset.shows);
  toggle.hidden = false;
  toggle.addEventListener("click", () => {
    const shown = field.type === "text";
    field.type = shown ? "password" : "text";
    toggle.setAttribute("aria-pressed", String(!shown));
    field.focus();
  });
}
