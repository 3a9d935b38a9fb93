// What a page gains where scripts run. Everything works without.
"use strict";

const main = document.querySelector("main");

// Copying: a button beside each text that is meant to be taken along.
for (const text of document.querySelectorAll("textarea[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = text.dataset.copy;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = text.dataset.copied;
  });
  text.after(button);
}

// Waiting: a race that was never asked may take a second.
function wait(on) {
  document.documentElement.classList.toggle("waiting", on);
  if (main) main.setAttribute("aria-busy", String(on));
}
document.addEventListener("submit", (event) => event.defaultPrevented || wait(true));
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[href^='/']");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  const file = link && /\.(csv|xlsx|md|svg|json|atom)\b/.test(link.pathname);
  if (link && plain && !file && !link.target && !link.pathname.startsWith("/api/")) wait(true);
});
addEventListener("pageshow", () => wait(false));

// Sliders: each number with a range gets one; the answer follows while it is moved.
const form = document.querySelector("form[data-live]");
if (form) {
  let asked = 0;
  let timer = 0;
  const follow = async () => {
    const mine = ++asked;
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = form.action.split("?")[0] + "?" + new URLSearchParams(given);
    const answer = await fetch(address).catch(() => null);
    if (!answer || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("result") || page.querySelector("main");
    document.getElementById("result").replaceChildren(...fresh.childNodes);
    if (answer.ok) history.replaceState(null, "", address);
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(follow, 120);
  };
  for (const number of form.querySelectorAll("input[data-most]")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = number.min;
    slider.max = number.dataset.most;
    slider.step = number.dataset.step;
    slider.value = number.value;
    slider.setAttribute("aria-label", number.dataset.name);
    slider.addEventListener("input", () => {
      number.value = slider.value;
      later();
    });
    number.addEventListener("input", () => {
      slider.value = number.value;
      later();
    });
    number.after(slider);
  }
  form.addEventListener("change", (event) => event.target.matches("select") && later());
}
