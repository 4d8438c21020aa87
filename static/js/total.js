// The total follows the form while one types, by the API that everybody can ask; a test counts once it is whole.
const abilities = ["speaking", "listening", "reading", "writing"];
for (const total of document.querySelectorAll("output[data-total]")) {
  const { form } = total;
  const asked = () => {
    const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    const isWhole = (test) => ["test", ...abilities].every((name) => given.get(`${test}_${name}`));
    for (const test of ["second", "spouse"].filter((one) => !isWhole(one))) {
      for (const name of ["test", ...abilities]) given.delete(`${test}_${name}`);
    }
    return given.get("age") && given.get("education") && isWhole("first") ? given : null;
  };
  const add = async () => {
    const given = asked();
    const answer = given && (await fetch(`${total.dataset.total}?${given}`).catch(() => null));
    const found = answer?.ok ? await answer.json() : null;
    total.textContent = found ? `${total.dataset.words} ${found.total}` : "";
  };
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(add, 250);
  });
}
