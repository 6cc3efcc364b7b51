// The page being written follows what is saved, and the box one types in. Without it, it shows what was saved last.
document.addEventListener("DOMContentLoaded", () => {
  const form = document.querySelector("form[data-preview]");
  const page = document.querySelector(".composer-page");
  if (!form || !page) {
    return;
  }

  const replace = (place, part) => {
    if (!place || place.innerHTML.trim() === part.innerHTML.trim()) {
      return;
    }
    const held = place.contains(document.activeElement);
    place.replaceChildren(...part.childNodes);
    // A mark that went away had the focus: its box takes it.
    if (held) {
      place.closest(".composer-box")?.querySelector("textarea, input")?.focus();
    }
  };

  const refresh = async () => {
    try {
      const response = await fetch(form.dataset.preview, { headers: { "X-Requested-With": "fetch" }, redirect: "manual" });
      if (!response.ok) {
        return;
      }
      const parts = new DOMParser().parseFromString(await response.text(), "text/html");
      for (const part of parts.querySelectorAll("[data-replaces]")) {
        replace(document.querySelector(part.dataset.replaces), part);
      }
    } catch {
      // What was typed is saved; its picture comes with the next save.
    }
  };
  form.addEventListener("portal:saved", refresh);

  form.addEventListener("focusin", (event) => {
    const { shows, title } = event.target.closest("[data-shows]")?.dataset || {};
    const chapter = shows && page.querySelector(`#${shows}`);
    if (chapter && page.scrollHeight > page.clientHeight) {
      const own = [...chapter.parentElement.querySelectorAll("h3")].find((heading) => heading.textContent === title);
      page.scrollTop += (own || chapter).getBoundingClientRect().top - page.getBoundingClientRect().top;
    }
  });
});
