// Files of the page. The program sees folders, which are memory; what lies in /kept is copied to and from a data base of
// the browser, and what appears in /Downloads is offered as a download.

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

  keep() {
    if (!this.base) return;
    const there = new Map();
    iemWalk('/kept', (path, time) => there.set(path, time));
    const changed = [...there].filter(([path, time]) => this.times.get(path) !== time);
    const gone = [...this.times.keys()].filter(path => !there.has(path));
    this.times = there;
    if (!changed.length && !gone.length) return;
    const files = this.base.transaction('files', 'readwrite').objectStore('files');
    for (const [path, time] of changed) files.put({bytes: FS.readFile(path), time}, path);
    for (const path of gone) files.delete(path);
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
