// The page works without this: it adds buttons that copy, and runs the self-test without leaving the page.
"use strict";

const words = document.body.dataset;
const said = document.getElementById("said");

async function copy(code, button) {
  let done = true;
  try {
    await navigator.clipboard.writeText(code.textContent);
  } catch {
    done = false;
    getSelection().selectAllChildren(code);
  }
  said.textContent = done ? words.copied : words.notCopied;
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
  button.disabled = true;
  said.textContent = words.testing;
  result.textContent = words.testing;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("result");
    const remark = page.querySelector(".remark");
    result.replaceChildren(...(remark ? [remark] : []), ...(found ? found.children : []));
    said.textContent = result.textContent;
  } catch {
    form.submit();
  } finally {
    button.disabled = false;
  }
}

if (form) form.addEventListener("submit", test);
