// Files of the page, which are looked after by the page's own thread. The program sees folders, which are memory; what
// lies in /kept is copied to and from a data base of the browser, and what appears in /Downloads is offered as a download.

// Names of files that are being written (core/base/atomic_file.h).
const iemIsUnfinished = name => name.startsWith('@IEM_UNFINISHED@');

function iemWalk(folder, visit) {
  for (const name of FS.readdir(folder)) {
    if (name === '.' || name === '..' || iemIsUnfinished(name)) continue;
    const path = folder + '/' + name, there = FS.stat(path);
    if (FS.isDir(there.mode)) iemWalk(path, visit);
    else visit(path, there.mtime.getTime());
  }
}

// Bytes as text and back, for a storage that takes text.
const iemText = bytes => btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
const iemBytes = text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0));

// Other tabs keep files in the same data base: a tab writes and removes those only that it has changed or removed itself.
const iemKept = {
  base: null,
  times: new Map(),

  open() {
    return new Promise((done, failed) => {
      const asked = indexedDB.open('iemlab', 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore('files');
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
  },

  // A page in somebody else's frame may have no data base: then nothing is kept.
  async restore() {
    try {
      this.base = await this.open();
      await this.take_left();
      await new Promise((done, failed) => {
        const cursor = this.base.transaction('files').objectStore('files').openCursor();
        cursor.onerror = () => failed(cursor.error);
        cursor.onsuccess = () => {
          const at = cursor.result;
          if (!at) return done();
          const path = at.key;
          FS.mkdirTree(path.slice(0, path.lastIndexOf('/')));
          FS.writeFile(path, at.value.bytes);
          FS.utime(path, at.value.time, at.value.time);
          this.times.set(path, at.value.time);
          at.continue();
        };
      });
    } catch (error) {
      console.warn('Nothing is kept in this browser:', error);
    }
  },

  // What has been written since it was last asked, and what was removed; null where nothing was.
  news() {
    const there = new Map();
    iemWalk('/kept', (path, time) => there.set(path, time));
    const changed = [...there].filter(([path, time]) => this.times.get(path) !== time);
    const gone = [...this.times.keys()].filter(path => !there.has(path));
    this.times = there;
    if (!changed.length && !gone.length) return null;
    return {files: changed.map(([path, time]) => [path, {bytes: FS.readFile(path), time}]), gone};
  },
  write({files, gone}) {
    return new Promise((done, failed) => {
      const writing = this.base.transaction('files', 'readwrite');
      writing.oncomplete = done;
      writing.onabort = writing.onerror = () => failed(writing.error);
      for (const [path, file] of files) writing.objectStore('files').put(file, path);
      for (const path of gone) writing.objectStore('files').delete(path);
    });
  },
  keep() {
    if (!this.base) return;
    const news = this.news();
    if (news) this.write(news).catch(error => console.warn(error));
  },

  // A page that is left does not live to see the data base answer. What it has still to say it leaves in the storage
  // that takes it at once, and the next page brings it where it belongs. That storage is small: what does not fit is
  // asked of the data base, which may or may not do it.
  leave() {
    if (!this.base) return;
    const news = this.news();
    if (!news) return;
    const files = news.files.map(([path, {bytes, time}]) => [path, {text: iemText(bytes), time}]);
    try {
      localStorage.setItem('iemlab left ' + iemTabs.own, JSON.stringify({files, gone: news.gone}));
    } catch {
      this.write(news).catch(() => {});
    }
  },
  // What cannot be read or put away is given up: it must not keep the rest from coming back.
  async take_left() {
    for (const key of Object.keys(localStorage).filter(key => key.startsWith('iemlab left '))) {
      try {
        const {files, gone} = JSON.parse(localStorage.getItem(key));
        await this.write({files: files.map(([path, {text, time}]) => [path, {bytes: iemBytes(text), time}]), gone});
      } catch (error) {
        console.warn('Something that was left could not be kept:', error);
      }
      localStorage.removeItem(key);
    }
  },
};

const iemDownloads = {
  times: new Map(),

  deliver() {
    iemWalk('/Downloads', (path, time) => {
      if (this.times.get(path) === time) return;
      this.times.set(path, time);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([FS.readFile(path)]));
      link.download = path.slice(path.lastIndexOf('/') + 1);
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    });
  },
};

// Which tabs of this browser are open, by locks that go with them.
const iemTabs = {
  own: crypto.getRandomValues(new Uint32Array(2)).join('-'),
  others: new Set(),

  async begin() {
    if (!navigator.locks) return;
    try {
      const name = id => 'iemlab ' + id;
      for (const lock of (await navigator.locks.query()).held)
        if (lock.name.startsWith(name(''))) this.others.add(lock.name.slice(name('').length));
      navigator.locks.request(name(this.own), () => new Promise(() => {}));
    } catch (error) {
      console.warn('Other tabs are not seen:', error);
    }
  },
};
