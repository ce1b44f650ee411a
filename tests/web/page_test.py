#!/usr/bin/env python3
"""The page in a browser without a display: what it shows, computes, hands out and keeps.

tests/web/page_test.py FOLDER PROGRAM [--pictures FOLDER] [unittest's arguments]: FOLDER as ./run --web --build leaves it
(build/web/iemlab-web), PROGRAM as compiled for this machine, whose hashes the page must reach. The browser is chromium,
spoken to in its own protocol through a pipe; nothing but Python's standard library is needed.
"""

import base64
import functools
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        Server.asked.append(self.path)


class Server:
    """The folder on the loopback address, as a plain server hands it out."""

    asked = []

    def __init__(self, folder):
        handler = functools.partial(Quiet, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self.server.server_port}/"


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
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.ask("Page.enable"), self.ask("Runtime.enable")
        self.ask("Emulation.setDeviceMetricsOverride", width=size[0], height=size[1], deviceScaleFactor=scale, mobile=False)
        self.ask("Browser.setDownloadBehavior", behavior="allow", downloadPath=str(downloads))

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
            if value := self.value(expression):
                return value
            time.sleep(0.1)
        raise AssertionError(f"{expression} did not come true; the page says {self.said[-5:]}, "
                             + self.value("document.getElementById('said').textContent"))

    def open(self, address):
        # Leaving first: where only what stands behind # differs, a browser stays on the page.
        self.ask("Page.navigate", url="about:blank")
        self.ask("Page.navigate", url=address)
        self.wait("typeof Module !== 'undefined' && Module.iem && Module.iem.started")
        time.sleep(1)

    def key(self, key, code, number, modifiers=0, text=""):
        for kind in ("keyDown", "keyUp"):
            self.ask("Input.dispatchKeyEvent", type=kind, key=key, code=code, windowsVirtualKeyCode=number,
                     modifiers=modifiers, **({"text": text} if text and kind == "keyDown" else {}))
            time.sleep(0.05)

    def mouse(self, kind, x, y, button="left", buttons=0):
        self.ask("Input.dispatchMouseEvent", type=kind, x=x, y=y, button=button, buttons=buttons, clickCount=1)
        time.sleep(0.15)

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


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="iemlab-page-"))
        cls.browser = Browser(cls.folder)

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()
        shutil.rmtree(cls.folder, ignore_errors=True)

    def tearDown(self):
        self.show(self.id().split(".")[-1])
        wrong = [words for words in self.browser.said if "exception" in words or "rror" in words]
        self.assertEqual(wrong, [])

    def show(self, name):
        if pictures:
            self.browser.picture(pictures / f"{name}.png")

    def native(self, *arguments):
        return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout

    def hash_of(self, scene, steps):
        return json.loads(self.native("run", scene, "--steps", str(steps), "--json", "--quiet"))["hash"]

    def downloaded(self, ending):
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for file in self.folder.glob("*" + ending):
                if file.stat().st_size:
                    return file
            time.sleep(0.2)
        raise AssertionError(f"no download ends with {ending}: {list(self.folder.iterdir())}")

    def test_begins_with_the_first_scene_and_asks_for_three_files(self):
        del Server.asked[:]
        self.browser.open(server.address)
        self.assertEqual(self.browser.state(), (0, self.hash_of("penguins", 0)))
        self.assertEqual(sorted(Server.asked), ["/", "/iemlab.js", "/iemlab.wasm.gz"])
        self.assertEqual(self.browser.value("document.cookie"), "")
        times = self.browser.value("JSON.stringify(Module.iem)")
        print(f"ready and started after (ms): {times}", file=sys.stderr)

    def test_plays_to_the_hash_of_this_machine(self):
        self.browser.open(server.address + "#iris")
        for _ in range(3):
            self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(3)
        self.assertEqual(self.browser.state(), (3, self.hash_of("iris", 3)))
        self.browser.key(" ", "Space", 32, text=" ")
        self.browser.step(10)
        self.browser.key(" ", "Space", 32, text=" ")
        time.sleep(1)
        step, run_hash = self.browser.state()
        self.assertEqual(run_hash, self.hash_of("iris", step))

    def test_a_link_opens_a_run_at_its_step(self):
        figure = self.folder / "figure.svg"
        native = json.loads(self.native("run", "penguins", "--steps", "100", "--set", "model.components=4", "--json", "--quiet",
                                        "--figure", f"stage={figure}"))
        self.browser.open(server.address + "#" + re.search("iem1:[A-Za-z0-9_-]+", figure.read_text())[0])
        self.assertEqual(self.browser.state(), (100, native["hash"]))

    def test_a_link_that_is_none_says_so(self):
        self.browser.open(server.address + "#iem1:nonsense")
        self.assertEqual(self.browser.state(), (0, self.hash_of("penguins", 0)))

    def test_embedded_it_is_stage_and_steps(self):
        self.browser.open(server.address + "?embed#moons")
        self.assertEqual(self.browser.state()[0], 0)

    def test_a_drag_is_an_edit_and_can_be_undone(self):
        self.browser.open(server.address + "#three_blobs")
        before = self.browser.state()
        x, y = 640, 400
        self.browser.mouse("mouseMoved", x, y)
        for i in range(40):  # somewhere a prototype stands
            if self.browser.value("document.getElementById('canvas').style.cursor") in ("pointer", "move", "grab"):
                break
            x, y = 420 + 23 * (i % 20), 200 + 17 * i
            self.browser.mouse("mouseMoved", x, y)
        self.browser.key("z", "KeyZ", 90, modifiers=2)
        self.assertEqual(self.browser.state(), before)

    def test_saves_a_session_as_a_download(self):
        self.browser.open(server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.key("s", "KeyS", 83, modifiers=2)
        file = self.downloaded(".iemlab")
        said = json.loads(self.native("run", str(file), "--json", "--quiet"))
        self.assertEqual(said["hash"], self.browser.state()[1])

    def test_keeps_a_run_in_the_browser(self):
        self.browser.open(server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        time.sleep(8)
        self.browser.open(server.address)
        self.assertTrue(self.browser.value("[...iemKept.times.keys()].some(path => path.endsWith('.iemlab'))"))

    def test_two_fingers_zoom(self):
        self.browser.open(server.address + "#three_blobs")
        self.show("before_zoom")
        self.browser.touch("touchStart", (560, 350))
        self.browser.touch("touchStart", (560, 350), (620, 350))
        for apart in range(60, 200, 20):
            self.browser.touch("touchMove", (590 - apart / 2, 350), (590 + apart / 2, 350))
        self.browser.touch("touchEnd")
        time.sleep(1)


class DensePageTest(unittest.TestCase):
    def test_has_the_pixels_of_the_screen(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="iemlab-page-"))
        browser = Browser(folder, size=(900, 600), scale=2)
        try:
            browser.open(server.address + "#tanh")
            self.assertEqual(browser.value("[canvas.width, canvas.height, canvas.clientWidth].join()"), "1800,1200,900")
            if pictures:
                browser.picture(pictures / "dense.png")
            browser.ask("Emulation.setDeviceMetricsOverride", width=1100, height=700, deviceScaleFactor=2, mobile=False)
            browser.wait("canvas.width == 2200 && canvas.height == 1400")
        finally:
            browser.close()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    pictures = None
    if "--pictures" in arguments:
        at = arguments.index("--pictures")
        pictures = pathlib.Path(arguments[at + 1])
        pictures.mkdir(parents=True, exist_ok=True)
        del arguments[at:at + 2]
    server, program = Server(arguments[0]), arguments[1]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
