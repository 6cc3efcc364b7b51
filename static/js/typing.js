// Keeps what is typed, in this tab, until it is saved: a session that ends, a network that fails, a server that dies or
// a page that is left lose nothing. It is of one page and one account, and goes when it is saved or at sign-out.
document.addEventListener("DOMContentLoaded", () => {
  const session = window.portalSession;
  if (!session) {
    return;
  }
  const ROWS = /(-id|_FORMS)$/;
  const SKIPPED = new Set(["password", "file", "submit", "button", "reset", "image"]);
  const succeeded = document.querySelector(".portal-messages .fr-alert--success") !== null;
  const refused = document.querySelector(".portal-error-summary") !== null;
  const mine = `${session.prefix}${session.account}:`;

  // --- What is kept -------------------------------------------------------------------------------------------

  const load = (key) => JSON.parse(sessionStorage.getItem(key) || "null");
  const store = (key, record) => {
    if (!session.isSignedOut()) {
      sessionStorage.setItem(key, JSON.stringify(record));
    }
  };

  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(session.prefix))) {
    const record = load(key);
    // Somebody else's, or saved: the page that follows a form says so.
    if (!key.startsWith(mine) || (record.sent && succeeded)) {
      sessionStorage.removeItem(key);
    } else if (record.sent) {
      store(key, { ...record, sent: false });
    }
  }

  // --- The fields of a form -----------------------------------------------------------------------------------

  // A tick that removes a row is a question that the portal asks again, not something typed: it never comes back alone.
  const isKept = (field) => field.name && field.name !== "csrfmiddlewaretoken" && !field.name.endsWith("-DELETE");

  const fieldsOf = (form) => [...form.elements].filter((field) => isKept(field) && !SKIPPED.has(field.type));

  const read = (fields) => {
    const found = {};
    for (const field of fields) {
      found[field.name] ??= [];
      const isBox = field.type === "checkbox" || field.type === "radio";
      if (!isBox || field.checked) {
        found[field.name].push(field.value);
      }
    }
    return found;
  };

  const write = (fields, values) => {
    const left = [...values];
    for (const field of fields) {
      if (field.type === "checkbox" || field.type === "radio") {
        field.checked = values.includes(field.value);
      } else {
        field.value = left.shift() ?? "";
      }
    }
  };

  // A number comes back with its spaces, a text with other line ends: the same to whoever typed it.
  const plain = (values) => JSON.stringify((values || []).map((value) => value.replace(/\r\n/g, "\n").trim()));
  const digits = (values) => plain(values).replace(/(\d)[ \u00a0\u2009\u202f](?=\d)/g, "$1");
  const same = (one, other) => plain(one) === plain(other) || digits(one) === digits(other);

  const labelOf = (field) => field?.labels?.[0]?.innerText.split("\n")[0] || "Saisie";

  // --- One form -----------------------------------------------------------------------------------------------

  const notice = (form, { restored, lost, discard }) => {
    const box = document.createElement("div");
    box.className = "fr-alert fr-alert--info fr-mb-3w";
    box.setAttribute("role", "status");
    form.prepend(box);
    const add = (name, text, parent = box) => {
      const element = parent.appendChild(document.createElement(name));
      element.textContent = text;
      return element;
    };
    add("p", "Votre saisie non enregistrée est là").className = "fr-alert__title";
    if (restored) {
      add("p", `${restored} réponse${restored > 1 ? "s ont été remises" : " a été remise"} dans la page : relisez, puis enregistrez.`);
    }
    if (lost.length > 0) {
      add("p", "La page a changé entre-temps ; recopiez ce qui suit où il faut :");
      const list = add("ul", "");
      for (const [label, values] of lost) {
        add("li", `${label} : ${values.join(", ")}`, list).dir = "auto";
      }
    }
    const button = add("button", "Reprendre ce qui est enregistré");
    button.type = "button";
    button.className = "fr-btn fr-btn--sm fr-btn--secondary";
    button.addEventListener("click", discard);
  };

  const care = (form) => {
    const key = `${mine}${window.location.pathname}:${form.dataset.keep}`;
    const isHidden = (field) => field.type === "hidden";
    const visible = () => fieldsOf(form).filter((field) => !isHidden(field));
    const hidden = () => fieldsOf(form).filter(isHidden);
    const named = (fields, name) => fields.filter((field) => field.name === name);

    let base = read(visible());

    const keep = (more = {}) => {
      const now = read(visible());
      const typed = Object.fromEntries(Object.entries(now).filter(([name, values]) => !same(values, base[name])));
      const lost = load(key)?.lost || [];
      if (Object.keys(typed).length === 0 && lost.length === 0) {
        sessionStorage.removeItem(key);
        return;
      }
      const before = Object.fromEntries(Object.keys(typed).map((name) => [name, base[name] || []]));
      store(key, { typed, base: before, hidden: read(hidden()), lost, sent: false, ...more });
    };

    const restore = () => {
      const record = load(key);
      if (!record) {
        return;
      }
      const shown = read(visible());
      const page = read(hidden());
      // Other rows have come in between: what was typed in the third would land in another.
      const moved = hidden().some(({ name }) => ROWS.test(name) && !same(record.hidden[name], page[name]));
      const lost = [...record.lost];
      let restored = 0;
      for (const [name, values] of Object.entries(record.typed)) {
        const fields = named(visible(), name);
        if (fields.length > 0 && !moved) {
          restored += same(values, shown[name]) ? 0 : 1;
          write(fields, values);
          base[name] = refused || !same(values, shown[name]) ? record.base[name] : shown[name];
        } else if (values.some((value) => value.trim())) {
          lost.push([labelOf(fields[0]), values]);
        }
      }
      if (restored > 0) {
        for (const field of hidden().filter((item) => item.dataset.keep)) {
          field.value = record.hidden[field.name]?.[0] ?? field.value;
        }
      }
      store(key, { ...record, lost });
      keep();
      if (restored > 0 || lost.length > 0) {
        notice(form, { restored, lost, discard });
        form.dataset.restored = "yes";
      }
    };

    const discard = () => {
      sessionStorage.removeItem(key);
      form.dispatchEvent(new Event("portal:discard"));
      window.location.reload();
    };

    restore();
    form.addEventListener("input", () => keep());
    form.addEventListener("change", () => keep());
    form.addEventListener("submit", (event) => {
      if (navigator.onLine) {
        keep({ sent: true });
        return;
      }
      // The browser would leave the page for one of its own.
      event.preventDefault();
      event.stopImmediatePropagation();
      delete form.dataset.sent;
      say(form, "Pas de connexion au réseau : votre saisie reste dans cette page. Envoyez-la quand il sera revenu.");
    });
    // The draft was saved while one typed: what was sent is what is stored now.
    form.addEventListener("portal:saved", ({ detail }) => {
      base = { ...base, ...detail.typed };
      const record = load(key);
      if (record) {
        store(key, { ...record, lost: [] });
      }
      keep();
    });
    form.portalTyped = () => read(visible());
  };

  const say = (form, sentence) => {
    let place = form.querySelector("[data-autosave-status], [data-typing-status]");
    if (!place) {
      place = document.createElement("p");
      place.dataset.typingStatus = "";
      place.className = "fr-text--sm fr-mb-2w";
      place.setAttribute("role", "status");
      form.querySelector(".fr-btns-group, button[type=submit]")?.before(place);
    }
    place.textContent = sentence;
  };

  for (const form of document.querySelectorAll("form[data-keep]")) {
    care(form);
  }

  // The server kept a form too, and sends it again from its own page: what waits here for that page goes with it.
  for (const form of document.querySelectorAll("form[data-sent-again]")) {
    form.addEventListener("submit", () => {
      const there = `${mine}${new URL(form.action).pathname}:`;
      for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(there))) {
        store(key, { ...load(key), sent: true });
      }
    });
  }
});
