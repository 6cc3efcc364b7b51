// The total of a row follows what is typed; the server computes it again. A number it cannot read shows no total.
const SPACES = /[ \u00a0\u2009\u202f]/g;
const NUMBER = /^(\d+|\d{1,3}([ \u00a0\u2009\u202f]\d{3})+)(,\d+)?$/;
const french = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 2 });

function total(inputs) {
  const typed = inputs.map((input) => input.value.trim()).filter((text) => text !== "");
  if (typed.length === 0 || !typed.every((text) => NUMBER.test(text))) {
    return "–";
  }
  const cents = typed.map((text) => Math.round(Number(text.replace(SPACES, "").replace(",", ".")) * 100));
  return french.format(cents.reduce((sum, value) => sum + value, 0) / 100);
}

for (const output of document.querySelectorAll("[data-target-grid] [data-total]")) {
  const inputs = [...output.closest("tr").querySelectorAll("input")];
  for (const input of inputs) {
    input.addEventListener("input", () => {
      output.value = total(inputs);
    });
  }
}
