"""What axe cannot see of a page, asked of the browser itself: where the focus goes, how large a target is, what stands where."""

from playwright.sync_api import Page

MEESTE = 150
"""Places of the focus that are looked at on a page; a list has hundreds of the same."""

_KIJK = """meeste => {
  const klachten = [];
  const zichtbaar = el => { const r = el.getBoundingClientRect(); return r.width > 0 && r.height > 0 && el.checkVisibility({visibilityProperty: true}); };
  const noem = el => `${el.tagName.toLowerCase()} "${(el.innerText || el.name || el.id || '').trim().slice(0, 40)}"`;
  const doelen = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter(zichtbaar)
    .filter(el => !el.classList.contains('nl-skip-link'));

  // Target size (2.5.8): 24 by 24, or so far from the others that a circle of 24 around it touches none; a link in a sentence is let off.
  const plek = el => { const r = el.getBoundingClientRect(); return {r, x: r.x + r.width / 2, y: r.y + r.height / 2}; };
  const klein = el => { const r = el.getBoundingClientRect(); return r.width < 23.5 || r.height < 23.5; };
  const in_zin = el => el.tagName === 'A' && [...el.parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim().length > 1);
  for (const el of doelen.filter(klein).filter(el => !in_zin(el)).slice(0, meeste)) {
    const hier = plek(el);
    const te_dicht = doelen.some(ander => {
      if (ander === el || el.contains(ander) || ander.contains(el)) return false;
      const daar = plek(ander);
      if (klein(ander)) return Math.hypot(hier.x - daar.x, hier.y - daar.y) < 24;
      const dx = Math.max(daar.r.left - hier.x, 0, hier.x - daar.r.right), dy = Math.max(daar.r.top - hier.y, 0, hier.y - daar.r.bottom);
      return Math.hypot(dx, dy) < 12;
    });
    if (te_dicht) klachten.push(`target of ${Math.round(hier.r.width)} by ${Math.round(hier.r.height)}: ${noem(el)}`);
  }

  // Focus (2.4.7, 2.4.11): it shows, and nothing lies over it.
  const bereikbaar = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter(zichtbaar);
  for (const el of bereikbaar.slice(0, meeste)) {
    el.focus();
    if (document.activeElement !== el) { klachten.push(`takes no focus: ${noem(el)}`); continue; }
    const stijl = getComputedStyle(el);
    if (stijl.outlineStyle === 'none' || parseFloat(stijl.outlineWidth) < 2) klachten.push(`focus does not show: ${noem(el)}`);
    const r = el.getBoundingClientRect();
    const punten = [[r.x + r.width / 2, r.y + r.height / 2], [r.x + 2, r.y + 2], [r.right - 2, r.bottom - 2]]
      .filter(([x, y]) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight);
    const bloot = punten.some(([x, y]) => { const op = document.elementFromPoint(x, y); return op && (el.contains(op) || op.contains(el)); });
    if (!bloot) klachten.push(`focus is hidden: ${noem(el)}`);
  }

  // Order (2.4.3): that of the document, so no tabindex above 0.
  if (document.querySelector('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])')) klachten.push('a tabindex of its own');
  // Dragging (2.5.7): nothing asks for it.
  if (document.querySelector('[draggable=true]')) klachten.push('something to drag');
  // Help (3.2.6): at the same place, last on the page.
  const voet = document.body.lastElementChild;
  if (!voet || voet.tagName !== 'FOOTER' || voet.querySelector('a')?.getAttribute('href') !== '/uitleg') klachten.push('help is not where it always is');
  // Puzzles (3.3.8): nothing to look at or listen to in order to get in.
  if (document.querySelector('form canvas, form audio, form img, form video')) klachten.push('a puzzle in a form');
  if ([...document.querySelectorAll('input[type=password]')].some(el => !el.autocomplete)) klachten.push('a password that no manager fills in');
  return klachten;
}"""


def klachten(pagina: Page) -> list[str]:
    """What is wrong with how a page is used. The keyboard is used first, so that the focus shows as it does then."""
    pagina.keyboard.press("Tab")
    gevonden: list[str] = pagina.evaluate(_KIJK, MEESTE)
    return gevonden
