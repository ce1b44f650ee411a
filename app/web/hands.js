// Keys, clipboard, pointer and fingers, where the browser would do something else with them than a desktop does.

// A phone shows its keyboard for a text field of the page only. This one is out of sight, stands for the field of the
// program that waits for text, and tells it what has changed: with words that are completed and corrected, keys alone
// would not say it.
const iemTyped = {
  field: null,
  before: '',

  begin() {
    this.field = document.getElementById('typed');
    this.field.addEventListener('input', () => this.tell());
    setInterval(() => { if (this.isOpen()) this.follow(); }, 250);
    // Of the keys it sees, those that write are told by what they have written.
    for (const kind of ['keydown', 'keyup', 'keypress'])
      addEventListener(kind, event => {
        if (this.isOpen() && (event.key.length === 1 || ['Backspace', 'Unidentified'].includes(event.key))) event.stopImmediatePropagation();
      }, true);
  },

  // Something to delete stands always before the caret.
  clear() { this.field.value = this.before = ' '.repeat(32); },
  isOpen() { return document.activeElement === this.field; },
  // In the event of a finger that is lifted: at other times no browser opens a keyboard.
  follow() {
    const wanted = Module['_iem_wants_text'] && Module['_iem_wants_text']();
    if (wanted && !this.isOpen()) this.clear(), this.field.focus();
    if (!wanted && this.isOpen()) Module['canvas'].focus();
  },
  tell() {
    const letters = [...this.field.value], before = [...this.before];
    let same = 0;
    while (same < letters.length && same < before.length && letters[same] === before[same]) ++same;
    const text = stringToNewUTF8(letters.slice(same).join(''));
    Module['_iem_type'](before.length - same, text);
    _free(text);
    this.before = this.field.value;
    if (letters.length < 16 || letters.length > 256) this.clear();
  },
};

// The program's keys. What stays the browser's: copying and pasting, which come as events of their own, its own tabs
// and windows (Ctrl+T, W, N, which it would not give away), reloading by Ctrl+R, and its tools.
function iemTakeKeys() {
  addEventListener('keydown', event => {
    const held = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
    const browsers = event.shiftKey ? 'vtnwij' : 'cvxtnwra';
    const is_function = /^f([1-9]|10)$/.test(key);
    const moves = key.startsWith('arrow') || ['pageup', 'pagedown', 'home', 'end'].includes(key);
    if ((held && key.length === 1 && !browsers.includes(key)) || is_function || moves) event.preventDefault();
  }, true);
  // Firefox searches in the page at ' and /.
  addEventListener('keypress', event => { if (event.target !== iemTyped.field) event.preventDefault(); });
  // Where Cmd is held, no browser tells of other keys that are let go.
  addEventListener('keyup', event => { if (event.key === 'Meta') GLFW.onBlur(); });
}

const iemClipboard = {
  text: '',

  begin() {
    addEventListener('paste', event => {
      this.text = event.clipboardData.getData('text');
      event.preventDefault();
    });
  },
};

function iemTakePointer() {
  const canvas = document.getElementById('canvas');
  canvas.addEventListener('contextmenu', event => event.preventDefault());
  // A drag may leave the window.
  canvas.addEventListener('pointerdown', event => {
    canvas.focus();
    if (event.pointerType === 'mouse') canvas.setPointerCapture(event.pointerId);
  });
  // A file that misses the canvas would replace the page.
  for (const kind of ['dragover', 'drop']) addEventListener(kind, event => event.preventDefault());

  // One finger is the left button (GLFW). Two move the view and zoom it, as the middle button and the wheel do.
  let two = null;
  const kNotch = Math.log(1.2);  // by which one notch of the wheel zooms
  const measure = touches => {
    const [a, b] = touches;
    return {x: (a.clientX + b.clientX) / 2, y: (a.clientY + b.clientY) / 2,
            apart: Math.log(Math.max(1, Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY)))};
  };
  const feel = event => {
    if (event.type === 'touchstart' && event.touches.length === 1 && Module['_iem_finger'])
      Module['_iem_finger'](event.touches[0].clientX, event.touches[0].clientY);
    if (event.type === 'touchend' && !event.touches.length) iemTyped.follow();
    if (!two && event.touches.length < 2) return;
    event.stopImmediatePropagation();
    event.preventDefault();
    if (!Module['_iem_two_fingers']) return;
    if (event.touches.length < 2) {
      if (two.down) Module['_iem_two_fingers'](0, two.x, two.y, 0);
      two.down = false;
      if (event.touches.length) return;  // the last finger moves nothing
      two = null;
      GLFW.primaryTouchId = null;
      return;
    }
    const now = measure(event.touches);
    if (!two || !two.down) two = {...now, down: true, from: now.apart};
    const notches = Math.trunc((now.apart - two.from) / kNotch);
    two.from += notches * kNotch;
    two.x = now.x;
    two.y = now.y;
    Module['_iem_two_fingers'](1, now.x, now.y, notches);
  };
  for (const kind of ['touchstart', 'touchmove', 'touchend', 'touchcancel'])
    canvas.addEventListener(kind, feel, {capture: true, passive: false});
}
