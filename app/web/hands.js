// Keys, clipboard, pointer and fingers, where the browser would do something else with them than a desktop does.

// The program's keys. What stays the browser's: copying and pasting, which come as events of their own, its own tabs
// and windows (Ctrl+T, W, N, which it would not give away), reloading by Ctrl+R, and its tools.
addEventListener('keydown', event => {
  const held = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
  const browsers = event.shiftKey ? 'vtnwij' : 'cvxtnwra';
  const is_function = /^f([1-9]|10)$/.test(key);
  const moves = key.startsWith('arrow') || ['pageup', 'pagedown', 'home', 'end'].includes(key);
  if ((held && key.length === 1 && !browsers.includes(key)) || is_function || moves) event.preventDefault();
}, true);
// Firefox searches in the page at ' and /.
addEventListener('keypress', event => event.preventDefault());
// Where Cmd is held, no browser tells of other keys that are let go.
addEventListener('keyup', event => { if (event.key === 'Meta') GLFW.onBlur(); });

const iemClipboard = {text: ''};
addEventListener('paste', event => {
  iemClipboard.text = event.clipboardData.getData('text');
  event.preventDefault();
});

(() => {
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
})();
