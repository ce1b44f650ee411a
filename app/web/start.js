// What happens before the program begins: the compressed program is fetched and unpacked, files kept by the browser are
// put in place, and the page's address says what is opened. Part of the program's script (cmake/web.cmake), where Module
// is. With threads each of them runs that script, too, and has no page.

const iemBegun = performance.now();

const iemWait = {
  say(text) {
    document.getElementById('said').textContent = text;
    document.getElementById('wait').style.display = text ? '' : 'none';
  },
  show(part) {
    document.querySelector('#bar i').style.width = (100 * part).toFixed(1) + '%';
  },
};

// What stands behind #: a scene's name or a state string.
const iemAsked = () => {
  const text = location.hash.slice(1);
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

// The cores that are used, and the threads that stand ready: those of a step, the engine's, those that keep sessions and
// draw figures, and as many for a run that is about to be opened. A browser takes some megabytes for each.
const iemCores = Math.min(navigator.hardwareConcurrency || 1, 4);
const iemMostThreads = 2 * iemCores + 4;

// The program is gzip, which any server may hand out as it is; one that unpacks it on the way says so.
async function iemProgram(name) {
  if (typeof DecompressionStream === 'undefined') throw new Error('This page needs a browser of 2023 or newer.');
  const response = await fetch(name);
  if (!response.ok) throw new Error(name + ' did not come: ' + response.status);
  const whole = Number(response.headers.get('Content-Length')) || 0;
  let come = 0;
  const counted = response.body.pipeThrough(new TransformStream({
    transform(piece, to) {
      come += piece.byteLength;
      if (whole) iemWait.show(Math.min(1, come / whole));
      to.enqueue(piece);
    },
  }));
  const unpacked = response.headers.get('Content-Encoding') ? counted : counted.pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked, {headers: {'Content-Type': 'application/wasm'}});
}

// Folders, and the files that were kept in them.
function iemFurnish() {
  ENV['HOME'] = '/Downloads';
  ENV['XDG_CONFIG_HOME'] = '/kept/config';
  ENV['XDG_STATE_HOME'] = '/kept/state';
  FS.mkdirTree('/Downloads');
  FS.mkdirTree('/opened');
  FS.mkdirTree('/kept');
  addRunDependency('kept files');
  iemTabs.begin().then(() => iemKept.restore()).finally(() => removeRunDependency('kept files'));
}

// The program has drawn its first picture, or will with the next one.
function iemAttend() {
  iemWait.say('');
  Module['iem'].started = performance.now() - iemBegun;
  setInterval(() => iemDownloads.deliver(), 250);
  setInterval(() => iemKept.keep(), 2000);
  addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') iemKept.keep(); });
  // A browser may freeze a page that is left, and throw it away later without a word. So leaving always ends the program,
  // and one that comes back from the history begins anew, with its run on offer.
  addEventListener('pagehide', () => {
    Module['_iem_leave']();
    iemKept.leave();
  });
  addEventListener('pageshow', event => { if (event.persisted) location.reload(); });
  addEventListener('hashchange', () => {
    if (!iemAsked()) return;
    const text = stringToNewUTF8(iemAsked());
    Module['_iem_open'](text);
    _free(text);
  });
  Module['canvas'].focus();
}

function iemBegin() {
  const program = document.currentScript.src.replace(/js$/, 'wasm.gz');
  Module['canvas'] = document.getElementById('canvas');
  Module['arguments'] = [iemAsked(), new URLSearchParams(location.search).has('embed') ? 'embed' : ''];
  Module['print'] = text => console.log(text);
  Module['printErr'] = text => console.error(text);
  Module['onAbort'] = what => iemWait.say('The program has stopped: ' + what + '. Reloading the page starts it again.');
  // For tests: milliseconds from the script's first line.
  Module['iem'] = {};
  Module['instantiateWasm'] = (imports, receive) => {
    iemProgram(program)
      .then(program => WebAssembly.instantiateStreaming(program, imports))
      .then(made => {
        Module['iem'].ready = performance.now() - iemBegun;
        receive(made.instance, made.module);
      })
      .catch(error => iemWait.say(String(error.message || error)));
    return {};
  };
  Module['preRun'] = [iemFurnish];
  Module['postRun'] = [iemAttend];
  iemTyped.begin();
  iemTakeKeys();
  iemClipboard.begin();
  iemTakePointer();
}

if (typeof document !== 'undefined') iemBegin();
