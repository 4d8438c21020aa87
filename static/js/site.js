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
// The page as it is now: a chart may have changed its address.
const address = () => document.querySelector("link[rel=canonical]")?.href ?? location.href;
for (const button of document.querySelectorAll("[data-copy-page]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", () => copy(address(), button));
}
for (const button of document.querySelectorAll("[data-share]")) {
  button.hidden = !navigator.share;
  const share = () => navigator.share({ title: document.title, url: address() });
  button.addEventListener("click", () => share().catch(() => {})); // closed without a choice
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
