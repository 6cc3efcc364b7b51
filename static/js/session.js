// Warns before the session ends, lets one stay, and tells the tabs of this browser about each other's sign-in.
window.portalSession = (() => {
  const page = document.body.dataset;
  const PREFIX = "saisie:";
  const WARNING = 5 * 60 * 1000;
  const TOKEN = 'input[name="csrfmiddlewaretoken"]';
  const channel = new BroadcastChannel("portail-session");
  const returns = [];
  let ends = Date.parse(page.sessionEnds);
  const limit = Date.parse(page.sessionLimit);
  let timer = 0;
  let dismissed = false;
  let signedOut = false;

  const hour = (instant) => new Date(instant).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
  const token = () => document.querySelector(TOKEN)?.value || "";

  const useToken = (value) => {
    for (const field of document.querySelectorAll(TOKEN)) {
      field.value = value;
    }
  };

  // Who is signed in now: { account, ends_at, token }, null when nobody is, undefined when the portal does not answer.
  const ask = async (address, method) => {
    try {
      const headers = { "X-Requested-With": "fetch", "X-CSRFToken": token() };
      const response = await fetch(address, { method, headers, redirect: "manual" });
      if (response.ok) {
        return await response.json();
      }
      return response.status === 401 || response.type === "opaqueredirect" ? null : undefined;
    } catch {
      return undefined;
    }
  };
  const state = () => ask(page.sessionState, "GET");

  // --- The dialog ---------------------------------------------------------------------------------------------

  const dialog = document.querySelector("[data-session-dialog]");
  const part = (name) => dialog.querySelector(`[data-session-${name}]`);

  const show = ({ title, text, extend, again }) => {
    part("title").textContent = title;
    part("text").textContent = text;
    part("extend").hidden = !extend;
    part("again").hidden = !again;
    if (!dialog.open) {
      dialog.showModal();
    }
  };

  const warn = () => {
    const last = ends >= limit;
    show({
      title: "Votre session va se terminer",
      text: last
        ? `Elle se termine à ${hour(ends)}, douze heures après votre connexion : enregistrez votre saisie, il faudra vous reconnecter.`
        : `Sans action de votre part, elle se termine à ${hour(ends)}.`,
      extend: !last,
      again: false,
    });
  };

  const over = () =>
    show({
      title: "Votre session est terminée",
      text: "Ce que vous avez saisi reste dans cette page. Reconnectez-vous dans la fenêtre qui s’ouvre, puis revenez ici.",
      extend: false,
      again: true,
    });

  const watch = () => {
    window.clearTimeout(timer);
    const left = ends - Date.now();
    if (left <= 0) {
      over();
      return;
    }
    if (left <= WARNING) {
      if (!dismissed) {
        warn();
      }
      timer = window.setTimeout(watch, left);
      return;
    }
    timer = window.setTimeout(watch, left - WARNING);
  };

  const lasts = (instant) => {
    const until = Date.parse(instant);
    if (Number.isNaN(until) || until === ends) {
      return;
    }
    ends = until;
    dismissed = false;
    for (const place of document.querySelectorAll("[data-session-hour]")) {
      place.textContent = hour(ends);
    }
    if (dialog.open && ends - Date.now() > WARNING) {
      dialog.close();
    }
    watch();
  };

  part("stay").addEventListener("click", async () => {
    const answer = await ask(page.sessionRenew, "POST");
    if (answer) {
      lasts(answer.ends_at);
      dialog.close();
      tell();
    } else if (answer === null) {
      over();
    } else {
      part("text").textContent = "Le portail ne répond pas : vérifiez votre connexion, puis recommencez.";
    }
  });
  part("close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dismissed = true;
  });

  // --- The other tabs -----------------------------------------------------------------------------------------

  const tell = () => channel.postMessage({ account: page.account, ends: new Date(ends).toISOString(), token: token() });

  const forget = () => {
    signedOut = true;
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
      sessionStorage.removeItem(key);
    }
  };

  // Somebody may have come back: the pages that wait for it try again.
  const wake = async () => {
    if (returns.length === 0 || !returns.some((waiting) => waiting.wanted())) {
      return;
    }
    const answer = await state();
    if (!answer) {
      return;
    }
    const same = answer.account === page.account;
    if (same) {
      useToken(answer.token);
      lasts(answer.ends_at);
    }
    for (const waiting of returns.filter((item) => item.wanted())) {
      waiting.back(same);
    }
  };

  channel.addEventListener("message", ({ data }) => {
    if (data.signedOut) {
      forget();
      return;
    }
    if (data.account === page.account) {
      // Signing in changes the token of every form: those of this page must not be refused.
      useToken(data.token);
      lasts(data.ends);
    }
    wake();
  });
  window.addEventListener("focus", wake);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") {
      watch();
      wake();
    }
  });

  for (const form of document.querySelectorAll("form[data-sign-out]")) {
    form.addEventListener("submit", () => {
      forget();
      channel.postMessage({ signedOut: true });
    });
  }

  tell();
  watch();
  return {
    account: page.account,
    prefix: PREFIX,
    signIn: page.signIn,
    isSignedOut: () => signedOut,
    state,
    useToken,
    lasts,
    // wanted(): whether this page waits for somebody to sign in; back(same): somebody has, and is the same person or not.
    onReturn: (waiting) => returns.push(waiting),
  };
})();
