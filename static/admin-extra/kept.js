"use strict";
// Keeps what is typed into a form in this browser until it is saved: a session can end, a disk can be full.
const PREFIX = "record-kept:";
const SENT = "record-sent";
const LEFT_OUT = /^(csrfmiddlewaretoken|_.*|.*-(TOTAL|INITIAL|MIN_NUM|MAX_NUM)_FORMS)$/;

function quietly(action) {
  try { return action(); } catch { return null; } // a browser may refuse to keep anything
}

function entries(form) {
  const fields = [...form.elements].filter((field) => field.name && !LEFT_OUT.test(field.name) && !["file", "password", "submit", "button"].includes(field.type));
  return fields.filter((field) => !field.name.includes("__prefix__")).map((field) => ({
    name: field.name,
    value: ["checkbox", "radio"].includes(field.type) ? field.value : null,
    now: field.type === "checkbox" || field.type === "radio" ? field.checked
      : field.tagName === "SELECT" ? [...field.selectedOptions].map((option) => [option.value, option.text]) : field.value,
  }));
}

function rowsOf(form) {
  return [...form.querySelectorAll("[name$=-TOTAL_FORMS]")].map((field) => [field.name, Number(field.value)]);
}

function put(form, { name, value, now }) {
  const fields = [...form.elements].filter((field) => field.name === name && (value === null || field.value === value));
  for (const field of fields) {
    if (typeof now === "boolean") field.checked = now;
    else if (field.tagName === "SELECT") {
      const wanted = new Map(now);
      for (const [key, text] of now) {
        if (![...field.options].some((option) => option.value === key)) field.add(new Option(text, key));
      }
      for (const option of field.options) option.selected = wanted.has(option.value);
    } else field.value = now;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function putBack(form, kept) {
  for (const [name, count] of kept.rows) {
    const group = document.getElementById(name.replace("TOTAL_FORMS", "group"));
    while (group && Number(form.elements[name].value) < count) {
      const before = form.elements[name].value;
      group.querySelector(".add-row a")?.click();
      if (form.elements[name].value === before) break;
    }
  }
  for (const entry of kept.entries) put(form, entry);
}

function offer(form, key, kept) {
  const notice = document.getElementById("kept");
  const hide = () => { notice.hidden = true; };
  notice.querySelector("time").textContent = kept.at;
  notice.querySelector("[name=put-back]").addEventListener("click", () => { putBack(form, kept); hide(); });
  notice.querySelector("[name=throw-away]").addEventListener("click", () => { localStorage.removeItem(key); hide(); });
  notice.hidden = false;
}

function watch(form, key) {
  let waiting;
  const keep = () => quietly(() => {
    const at = new Date().toISOString().slice(0, 16).replace("T", " ");
    localStorage.setItem(key, JSON.stringify({ at, entries: entries(form), rows: rowsOf(form) }));
  });
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(keep, 300); });
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    keep();
    quietly(() => sessionStorage.setItem(SENT, key));
  });
}

function clearAll() {
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  sessionStorage.removeItem(SENT);
}

addEventListener("DOMContentLoaded", () => quietly(() => {
  const form = document.querySelector(".change-form form[id$=_form]");
  const user = document.getElementById("kept")?.dataset.user;
  const sent = sessionStorage.getItem(SENT);
  if (document.body.classList.contains("login")) {
    if (sent) document.getElementById("not-saved").hidden = false;
    return;
  }
  sessionStorage.removeItem(SENT);
  if (sent && document.querySelector(".messagelist .success, .messagelist .info")) localStorage.removeItem(sent);
  document.getElementById("logout-form")?.addEventListener("submit", clearAll);
  if (!form || !user) return;
  const key = `${PREFIX}${user}:${location.pathname}`;
  const kept = JSON.parse(localStorage.getItem(key));
  const same = kept && JSON.stringify(kept.entries) === JSON.stringify(entries(form));
  if (same && !document.querySelector(".errornote")) localStorage.removeItem(key);
  else if (kept && !document.querySelector(".errornote")) offer(form, key, kept);
  watch(form, key);
}));
