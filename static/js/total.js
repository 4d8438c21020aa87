// The total follows the form while one types, by the API that everybody can ask.
for (const total of document.querySelectorAll("output[data-total]")) {
  const { form } = total;
  const add = async () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const answer = await fetch(`${total.dataset.total}?${asked}`).catch(() => null);
    const found = answer?.ok ? await answer.json() : null;
    total.textContent = found ? `${total.dataset.words} ${found.total}` : "";
  };
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(add, 250);
  });
}
