// Comfort on the page of a bilan, which reads and prints without it: folds that open together, and the part being read
// marked in the contents.
document.addEventListener("DOMContentLoaded", () => {
  const folds = [...document.querySelectorAll(".document-fold")];
  const button = document.querySelector("[data-unfold]");

  const mark = () => {
    const open = folds.every((fold) => fold.open);
    button.textContent = open ? button.dataset.fold : button.dataset.unfold;
  };

  if (button) {
    button.addEventListener("click", () => {
      const open = !folds.every((fold) => fold.open);
      for (const fold of folds) {
        fold.open = open;
      }
      mark();
    });
    for (const fold of folds) {
      fold.addEventListener("toggle", mark);
    }
  }

  // A browser that does not know how to print what is folded finds it open.
  window.addEventListener("beforeprint", () => {
    for (const fold of folds.filter((one) => !one.open)) {
      fold.dataset.printed = "yes";
      fold.open = true;
    }
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folds.filter((one) => one.dataset.printed)) {
      delete fold.dataset.printed;
      fold.open = false;
    }
  });

  const links = new Map(
    [...document.querySelectorAll(".bilan-side a")].map((link) => [link.hash.slice(1), link]),
  );
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const follow = () => {
    const read = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).at(-1);
    for (const [id, link] of links) {
      if (id === read?.id) {
        link.setAttribute("aria-current", "true");
      } else {
        link.removeAttribute("aria-current");
      }
    }
  };
  if (headings.length) {
    addEventListener("scroll", follow, { passive: true });
    follow();
  }
});
