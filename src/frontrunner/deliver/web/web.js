// What a page gains where scripts run. Everything works without.
"use strict";

const main = document.querySelector("main");

// Copying: a button beside each text that is meant to be taken along.
function copies(within) {
  for (const text of within.querySelectorAll("textarea[data-copy]")) {
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
}
copies(document);

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

// Following: the page of an address takes the place of what is shown; what is asked last counts.
let asked = 0;
let timer = 0;
async function follow(address) {
  const mine = ++asked;
  wait(true);
  const answer = await fetch(address).catch(() => null);
  if (mine !== asked) return;
  wait(false);
  if (!answer) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== asked) return;
  const fresh = page.getElementById("result") || page.querySelector("main");
  const result = document.getElementById("result");
  result.replaceChildren(...fresh.childNodes);
  copies(result);
  for (const same of ["main > header", "nav.years ol", "nav.years .clocks", "nav.site ul", "footer"]) {
    const [old, now] = [document.querySelector(same), page.querySelector(same)];
    if (old && now) old.replaceChildren(...now.childNodes);
  }
  const day = [document, page].map((one) => one.querySelector("form.ask input[name=on]"));
  if (day[0] && day[1]) day[0].value = day[1].value;
  if (!answer.ok) return;
  document.title = page.title;
  history.replaceState(null, "", address);
}
function later(address) {
  clearTimeout(timer);
  timer = setTimeout(() => follow(address()), 120);
}

// The day asked: months on a slider, beside the links of the years.
const years = document.querySelector("nav.years[data-slider]");
if (years && document.getElementById("result")) {
  const months = (day) => 12 * Number(day.slice(0, 4)) + Number(day.slice(5, 7)) - 1;
  const two = (number) => String(number).padStart(2, "0");
  const now = new Date();
  const slider = document.createElement("input");
  const told = document.createElement("output");
  slider.type = "range";
  slider.min = months(years.dataset.first);
  slider.max = 12 * now.getFullYear() + now.getMonth();
  slider.value = months(years.dataset.on);
  slider.setAttribute("aria-label", years.dataset.slider);
  const day = () => {
    const [year, month] = [Math.floor(slider.value / 12), slider.value % 12];
    return `${year}-${two(month + 1)}-${two(new Date(Date.UTC(year, month + 1, 0)).getUTCDate())}`;
  };
  const tell = () => {
    told.value = slider.value === slider.max ? years.querySelector("ol li:last-child").textContent : day().slice(0, 7);
    slider.setAttribute("aria-valuetext", told.value);
  };
  const address = () => {
    const at = new URL(location.href);
    at.searchParams.delete("snapshot");
    if (slider.value === slider.max) at.searchParams.delete("on");
    else at.searchParams.set("on", day());
    return at.pathname + at.search;
  };
  slider.addEventListener("input", () => {
    tell();
    later(address);
  });
  tell();
  const row = document.createElement("p");
  row.className = "slider";
  row.append(slider, told);
  years.prepend(row);
}

// Sliders: each number with a range gets one; the answer follows while it is moved.
const form = document.querySelector("form[data-live]");
if (form) {
  const address = () => {
    const given = [...new FormData(form)].filter(([, value]) => value !== "");
    return form.action.split("?")[0] + "?" + new URLSearchParams(given);
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
      later(address);
    });
    number.addEventListener("input", () => {
      slider.value = number.value;
      later(address);
    });
    number.after(slider);
  }
  form.addEventListener("change", (event) => event.target.matches("select") && later(address));
}
