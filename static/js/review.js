// Counts the ticked corrections in the button, and ticks a line as soon as something is asked of it.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-review]");
  const button = form && form.querySelector("[data-correction-count]");
  if (!button) {
    return;
  }
  const count = () => {
    const ticked = form.querySelectorAll("[data-correction]:checked").length;
    button.textContent = ticked ? `${button.dataset.correctionCount} (${ticked})` : button.dataset.correctionCount;
  };
  form.addEventListener("input", (event) => {
    const box = event.target.closest("td")?.querySelector("[data-correction]");
    if (box && event.target.matches("textarea")) {
      box.checked = event.target.value.trim() !== "";
    }
    count();
  });
  count();
});
