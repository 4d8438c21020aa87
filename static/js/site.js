// Comfort only: every page works without this file.
async function copy(text, button) {
  const label = button.textContent;
  await navigator.clipboard.writeText(text);
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = label; }, 2000);
}
for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) break;
  button.hidden = false;
  button.addEventListener("click", () => copy(document.getElementById(button.dataset.copy).value, button));
}
// The device's own way to share where it has one, else the clipboard.
for (const button of document.querySelectorAll("button[data-share]")) {
  const url = document.querySelector("link[rel=canonical]")?.href ?? location.href;
  button.hidden = !navigator.share && !navigator.clipboard;
  if (navigator.share) button.textContent = button.dataset.share;
  button.addEventListener("click", () => {
    if (navigator.share) navigator.share({ title: document.title, url }).catch(() => {}); // closed without a choice
    else copy(url, button);
  });
}
// Suggestions while one types a job title or code; the browser's own list shows them and takes the keys.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const list = document.createElement("datalist");
  list.id = `${box.id}-suggestions`;
  box.after(list);
  box.setAttribute("list", list.id);
  box.autocomplete = "off";
  const french = document.documentElement.lang === "fr";
  const suggest = async () => {
    const typed = box.value.trim();
    if (typed.length < 2) return;
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || typed !== box.value.trim()) return;
    list.replaceChildren(...(await answer.json()).map((one) => new Option(
      `${one.code} ${french ? one.title_fr : one.title}`,
      one.reason.endsWith("title") ? one.text : one.code,
    )));
  };
  let waiting;
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(suggest, 150);
  });
}
