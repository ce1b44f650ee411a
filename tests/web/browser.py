"""Chromium without a display, spoken to in its own protocol through a pipe, and a server for what it opens."""

import base64
import functools
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import threading
import time


class Server:
    """The folder on the loopback address, handed out by a handler of http.server; `asked` is what for."""

    def __init__(self, folder, handler):
        asked = []

        class Noting(handler):
            def log_message(self, *arguments):
                asked.append(self.path)

        self.folder, self.asked = folder, asked
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Noting, directory=folder))
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


# How long each turn of the program takes, in milliseconds.
FRAMES = """
const iemFrames = [], iemAskFrame = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = turn => iemAskFrame(now => {
  const begun = performance.now();
  turn(now);
  iemFrames.push(performance.now() - begun);
});
"""


class Browser:
    def __init__(self, downloads, size=(1280, 800), scale=1):
        self.profile = tempfile.mkdtemp(prefix="iemlab-chromium-")
        to_browser, from_us = os.pipe()
        to_us, from_browser = os.pipe()

        def hand_over():  # the browser reads 3 and writes 4
            os.dup2(to_browser, 13), os.dup2(from_browser, 14)
            os.dup2(13, 3), os.dup2(14, 4)
            os.close(13), os.close(14)

        self.process = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
             "--remote-debugging-pipe", "--no-first-run", "--disable-gpu-sandbox", f"--user-data-dir={self.profile}",
             f"--window-size={size[0]},{size[1]}", "about:blank"],
            preexec_fn=hand_over, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser), os.close(from_browser)
        self.out, self.into = os.fdopen(from_us, "wb", 0), os.fdopen(to_us, "rb")
        self.number, self.session, self.said = 0, None, []
        self.size, self.scale, self.target = size, scale, None
        self.downloads = downloads
        self.new_tab()

    def new_tab(self, crash=False):
        """A new tab; the one before is gone as if it had been killed."""
        self.session, before = None, self.target
        self.target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        if crash:
            self.ask("Target.closeTarget", targetId=before)  # at once, without a word to the page
        self.session = self.ask("Target.attachToTarget", targetId=self.target, flatten=True)["sessionId"]
        self.ask("Page.enable"), self.ask("Runtime.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=self.size[0], height=self.size[1], deviceScaleFactor=self.scale,
                 mobile=False)
        self.ask("Emulation.setHardwareConcurrencyOverride", hardwareConcurrency=4)  # whatever this machine has
        self.ask("Page.addScriptToEvaluateOnNewDocument", source=FRAMES)
        self.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(self.downloads))

    def ask(self, method, **parameters):
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        self.out.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = json.loads(self.read())
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            if answer.get("method") == "Runtime.consoleAPICalled":
                self.said.append(" ".join(str(each.get("value", each.get("description"))) for each in answer["params"]["args"]))
            if answer.get("method") == "Runtime.exceptionThrown":
                details = answer["params"]["exceptionDetails"]
                self.said.append("exception: " + details.get("exception", {}).get("description", details["text"]))

    def read(self):
        text = bytearray()
        while (byte := self.into.read(1)) != b"\0":
            if not byte:
                raise RuntimeError("the browser has gone")
            text += byte
        return text

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def wait(self, expression, seconds=90):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if value := self.value(expression):
                    return value
            except RuntimeError:  # something it names is not there yet
                pass
            time.sleep(0.1)
        raise AssertionError(f"{expression} did not come true; the page says {self.said[-5:]}, "
                             + self.value("document.getElementById('said').textContent"))

    def open(self, address):
        # Leaving first: where only what stands behind # differs, a browser stays on the page.
        self.ask("Page.navigate", url="about:blank")
        time.sleep(2)  # the page that is left says its last words in a process of its own
        self.ask("Page.navigate", url=address)
        self.wait("typeof Module !== 'undefined' && Module.iem && Module.iem.started")
        time.sleep(1)

    def key(self, key, code, number, control=False, shift=False, text=""):
        """A key is pressed and let go, with Ctrl held as a hand does it: a key of its own, before and after."""
        held = [("Control", "ControlLeft", 17, "")] * control + [("Shift", "ShiftLeft", 16, "")] * shift
        keys = held + [(key, code, number, text)]
        for kind, order in (("keyDown", keys), ("keyUp", reversed(keys))):
            for name, place, code_number, typed in order:
                self.ask("Input.dispatchKeyEvent", type=kind, key=name, code=place, windowsVirtualKeyCode=code_number,
                         modifiers=2 * control + 8 * shift, **({"text": typed} if typed and kind == "keyDown" else {}))
                time.sleep(0.05)

    def memory(self):
        """Megabytes that the program has taken."""
        return self.value("wasmMemory.buffer.byteLength") / 2**20

    def difference(self, one, other):
        """The part of the dots of two pictures (base64) that differ by more than antialiasing does."""
        return self.value("""(async () => {
          const dots = [];
          for (const data of %s) {
            const picture = await createImageBitmap(await (await fetch('data:image/png;base64,' + data)).blob());
            const paper = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
            paper.drawImage(picture, 0, 0);
            dots.push(paper.getImageData(0, 0, picture.width, picture.height));
          }
          const [a, b] = dots;
          if (a.width !== b.width || a.height !== b.height) return 1;
          let differ = 0;
          for (let i = 0; i < a.data.length; i += 4)
            differ += Math.max(...[0, 1, 2].map(c => Math.abs(a.data[i + c] - b.data[i + c]))) > 48;
          return differ / (a.width * a.height);
        })()""" % json.dumps([one, other]))

    def mouse(self, kind, x, y, button="left", buttons=0):
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, buttons=buttons, clickCount=1)
        time.sleep(0.15)

    def click(self, x, y):
        self.mouse("mouseMoved", x, y)
        self.mouse("mousePressed", x, y, buttons=1)
        self.mouse("mouseReleased", x, y)

    def touch(self, kind, *points):
        self.ask("Input.dispatchTouchEvent", type=kind, touchPoints=[{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)])
        time.sleep(0.1)

    def picture(self, file):
        pathlib.Path(file).write_bytes(base64.b64decode(self.ask("Page.captureScreenshot")["data"]))

    def state(self):
        """Step and hash of the run that is shown."""
        step, run_hash = self.value("UTF8ToString(Module._iem_state())").split()
        return int(step), run_hash

    def step(self, count):
        """Waits for a step, or for one behind it."""
        return self.wait(f"(s => Number(s.split(' ')[0]) >= {count} ? s : '')(UTF8ToString(Module._iem_state()))")

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)
