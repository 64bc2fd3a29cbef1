// The page works without this: it adds buttons that copy, and runs the self-test without leaving the page.
"use strict";

const words = document.body.dataset;
const said = document.getElementById("said");

// Emptied first: what is said twice is announced twice.
let saying;
function say(text) {
  clearTimeout(saying);
  said.textContent = "";
  saying = setTimeout(() => { said.textContent = text; }, 50);
}

async function copy(code, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    done = false;
    getSelection().selectAllChildren(code);
  }
  say(done ? words.copied : words.notCopied);
  button.textContent = done ? "✓ " + words.copied : words.copy;
}

for (const code of document.querySelectorAll("code.copy")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.textContent = words.copy;
  const term = code.closest("tr").querySelector("th").textContent;
  button.setAttribute("aria-label", words.copy + ": " + term + " " + code.textContent);
  button.addEventListener("click", () => copy(code, button));
  code.after(button);
}

const form = document.getElementById("self-test");

async function test(event) {
  event.preventDefault();
  const button = form.querySelector("button");
  const result = document.getElementById("result");
  if (button.hasAttribute("aria-disabled")) return;
  // A button that is disabled would lose the focus.
  button.setAttribute("aria-disabled", "true");
  say(words.testing);
  result.textContent = words.testing;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("result");
    const remark = page.querySelector(".remark");
    result.replaceChildren(...(remark ? [remark] : []), ...(found ? found.children : []));
    // A remark is announced by its role.
    if (!remark) say(result.textContent);
  } catch {
    form.submit();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

if (form) form.addEventListener("submit", test);
