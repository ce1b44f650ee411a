// What the program asks of the page (app/gui/platform/web/page.h), as a library of Emscripten's.
const iemPage = {
  iem_page_copy: (text) => {
    iemClipboard.text = UTF8ToString(text);
    if (navigator.clipboard) navigator.clipboard.writeText(iemClipboard.text).catch(() => {});
  },
  iem_page_clipboard__deps: ['$stringToNewUTF8'],
  iem_page_clipboard: () => stringToNewUTF8(iemClipboard.text),
  iem_page_copy_png__deps: ['$FS'],
  iem_page_copy_png: (path) => {
    if (!navigator.clipboard || typeof ClipboardItem === 'undefined') return 0;
    const picture = new Blob([FS.readFile(UTF8ToString(path))], {type: 'image/png'});
    navigator.clipboard.write([new ClipboardItem({'image/png': picture})]).catch(error => console.warn(error));
    return 1;
  },

  $iemChosen: {path: ''},  // null while the dialog is open
  iem_page_choose_file__deps: ['$iemChosen', '$FS'],
  iem_page_choose_file: (endings) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = UTF8ToString(endings);
    iemChosen.path = null;
    input.onchange = async () => {
      const file = input.files[0];
      if (file) FS.writeFile('/opened/' + file.name, new Uint8Array(await file.arrayBuffer()));
      iemChosen.path = file ? '/opened/' + file.name : '';
    };
    input.oncancel = () => { iemChosen.path = ''; };
    input.click();
  },
  iem_page_chosen_file__deps: ['$iemChosen', '$stringToNewUTF8'],
  iem_page_chosen_file: () => iemChosen.path === null ? 0 : stringToNewUTF8(iemChosen.path),

  iem_page_address__deps: ['$stringToNewUTF8'],
  iem_page_address: () => stringToNewUTF8(location.origin + location.pathname),
  iem_page_set_cursor: (name) => { Module['canvas'].style.cursor = UTF8ToString(name); },
  iem_page_toggle_fullscreen: () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(() => {});
  },
  iem_page_is_mac: () => /^(Mac|iP)/.test(navigator.platform) ? 1 : 0,

  iem_page_own_id__deps: ['$stringToNewUTF8'],
  iem_page_own_id: () => stringToNewUTF8(iemTabs.own),
  iem_page_is_open: (id) => {
    const text = UTF8ToString(id);
    return text === iemTabs.own || iemTabs.others.has(text) ? 1 : 0;
  },
};

// The page belongs to one thread, which answers the others.
for (const name of Object.keys(iemPage))
  if (typeof iemPage[name] === 'function') iemPage[name + '__proxy'] = 'sync';

// So many std::thread::hardware_concurrency() is told of.
iemPage.emscripten_num_logical_cores = () => iemCores;

addToLibrary(iemPage);
