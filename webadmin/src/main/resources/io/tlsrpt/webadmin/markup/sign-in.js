// Signing in where WebAdmin asks for a token or a password. A link cannot send one, so once there is one, pages are
// fetched with it and put in place of the page that is shown. Until then this does nothing. All words are in the pages.
(() => {
  'use strict';
  const KEY = 'io.tlsrpt.secret';
  let shown = location.pathname + location.search;
  let running = new AbortController();

  const secret = () => sessionStorage.getItem(KEY);

  function isOurs(url) {
    const base = document.querySelector('header nav a').pathname;
    return url.origin === location.origin && (url.pathname + '/').startsWith(base + '/');
  }

  function say(what) {
    const alert = document.querySelector('main [role=alert]');
    alert.textContent = alert.dataset[what];
    alert.className = 'problem';
    document.querySelector('#sign-in [type=password]').focus();
  }

  function show(page, url) {
    document.title = page.title;
    for (const part of ['header', 'main']) {
      document.querySelector(part).replaceWith(page.querySelector(part));
    }
    document.getElementById('sign-out').hidden = !secret();
    document.querySelector('main').focus({preventScroll: true});
    const place = document.getElementById(url.hash.slice(1));
    if (place) place.scrollIntoView(); else scrollTo(0, 0);
  }

  async function save(answer, url) {
    const type = answer.headers.get('Content-Type');
    const name = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition'));
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name ? name[1] : url.pathname.split('/').pop() + (type.includes('json') ? '.json' : '.txt');
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  async function open(url, isNew) {
    running.abort();
    running = new AbortController();
    // A token goes by the one header, a password by the other.
    const answer = await fetch(url, {
      cache: 'no-store',
      signal: running.signal,
      headers: {Accept: 'text/html', Authorization: 'Bearer ' + secret(), Password: secret()},
    });
    if (answer.status === 401) sessionStorage.removeItem(KEY);
    if (answer.ok && !answer.headers.get('Content-Type').startsWith('text/html')) return save(answer, url);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!page.querySelector('main')) throw new Error('not ours');
    if (isNew) history.pushState(null, '', url);
    shown = url.pathname + url.search;
    show(page, url);
    if (answer.status === 401) say('refused');
  }

  function go(url, isNew) {
    open(url, isNew).catch(error => {
      if (error.name === 'AbortError') return;
      if (!document.getElementById('sign-in')) return location.assign(url);
      sessionStorage.removeItem(KEY);
      say('failed');
    });
  }

  addEventListener('submit', event => {
    const form = event.target;
    if (form.id === 'sign-in') {
      event.preventDefault();
      sessionStorage.setItem(KEY, form.querySelector('[type=password]').value.trim());
      go(new URL(location), false);
    } else if (secret()) {
      event.preventDefault();
      const url = new URL(form.getAttribute('action') || '', location);
      url.search = new URLSearchParams(new FormData(form));
      go(url, true);
    }
  });

  addEventListener('click', event => {
    if (event.target.closest('#sign-out')) {
      sessionStorage.removeItem(KEY);
      location.reload();
      return;
    }
    const link = event.target.closest('a[href]');
    if (!secret() || !link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.getAttribute('href'), location);
    // A place in the page is the browser's affair.
    if (!isOurs(url) || url.hash && url.pathname + url.search === shown) return;
    event.preventDefault();
    go(url, true);
  });

  addEventListener('popstate', () => {
    if (location.pathname + location.search === shown) return;
    if (secret()) go(new URL(location), false); else location.reload();
  });

  if (secret() && document.getElementById('sign-in')) go(new URL(location), false);
})();
