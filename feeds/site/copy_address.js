"use strict";
const said = document.querySelector(".said");
async function copy(address) {
  try {
    await navigator.clipboard.writeText(address);
    return true;
  } catch {
    // Without TLS browsers give no clipboard; a selected field can still be copied from.
    const field = document.createElement("textarea");
    field.value = address;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
for (const button of document.querySelectorAll("button.copy")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const done = await copy(button.dataset.address);
    button.focus();
    said.textContent = done ? `${said.dataset.done}: ${button.dataset.address}` : button.dataset.address;
  });
}
