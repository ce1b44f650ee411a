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
        self.folder = folder
        handler = functools.partial(Quiet, directory=folder)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
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
        return self.value("HEAP8.length") / 2**20

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


class PageCase(unittest.TestCase):
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


class PageTest(PageCase):
    def test_begins_with_the_first_scene_and_asks_for_three_files(self):
        self.browser.ask("Network.enable")
        self.browser.ask("Network.setCacheDisabled", cacheDisabled=True)
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

    def drag_something(self, drag):
        """Drags whatever shows a hand, until something moves: points only say their numbers."""
        before = self.browser.state()
        for y in range(140, 640, 12):
            for x in range(330, 920, 12):
                self.browser.ask("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
                time.sleep(0.02)
                if self.browser.value("document.getElementById('canvas').style.cursor") in ("pointer", "move", "grab"):
                    drag(x, y)
                    time.sleep(0.3)
                    if self.browser.state() != before:
                        return
        raise AssertionError("nothing moves")

    def test_a_drag_is_an_edit_and_can_be_undone(self):
        self.browser.open(server.address + "#three_blobs")
        before = self.browser.state()

        def drag(x, y):
            self.browser.mouse("mouseMoved", x, y)
            self.browser.mouse("mousePressed", x, y, buttons=1)
            for i in range(1, 4):
                self.browser.mouse("mouseMoved", x + 12 * i, y + 6 * i, buttons=1)
            self.browser.mouse("mouseReleased", x + 36, y + 18)

        self.drag_something(drag)
        self.browser.key("z", "KeyZ", 90, control=True)
        time.sleep(0.5)
        self.assertEqual(self.browser.state(), before)

    def test_a_finger_drags_what_a_mouse_does(self):
        self.browser.open(server.address + "#three_blobs")

        def drag(x, y):
            self.browser.mouse("mouseMoved", 20, 700)
            self.browser.touch("touchStart", (x, y))
            for i in range(1, 4):
                self.browser.touch("touchMove", (x + 12 * i, y + 6 * i))
            self.browser.touch("touchEnd")

        self.drag_something(drag)

    def test_saves_a_session_as_a_download(self):
        self.browser.open(server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.key("s", "KeyS", 83, control=True)
        file = self.downloaded(".iemlab")
        said = json.loads(self.native("run", str(file), "--steps", "0", "--json", "--quiet"))
        self.assertEqual(said["hash"], self.browser.state()[1])

    def test_a_tab_that_dies_leaves_its_run(self):
        self.browser.open(server.address + "#moons")
        for _ in range(2):
            self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(2)
        time.sleep(8)  # longer than a run waits until it is kept
        self.browser.new_tab(crash=True)
        self.browser.open(server.address)
        self.assertEqual(self.browser.state()[0], 0)
        self.show("offered_again")
        self.browser.key("o", "KeyO", 79, control=True, shift=True)
        self.browser.step(2)
        self.assertEqual(self.browser.state(), (2, self.hash_of("moons", 2)))

    def test_a_page_that_is_left_offers_its_run_as_one_that_ended_well(self):
        self.browser.open(server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.open(server.address)  # at once
        self.show("left_and_offered")
        self.browser.key("o", "KeyO", 79, control=True, shift=True)
        self.browser.step(1)
        self.assertEqual(self.browser.state(), (1, self.hash_of("moons", 1)))

    def test_every_scene_comes_from_a_link_and_goes_back_into_one(self):
        self.browser.open(server.address)
        scenes = [scene["id"] for scene in json.loads(self.native("list", "scenes", "--json"))]
        self.assertGreater(len(scenes), 50)
        for scene in scenes:
            with self.subTest(scene):
                here = json.loads(self.native("run", scene, "--steps", "3", "--json", "--quiet"))
                self.browser.value(f"location.hash = {json.dumps('#' + here['state'])}")
                self.browser.wait(f"UTF8ToString(Module._iem_state()) === '{here['steps']} {here['hash']}'", seconds=30)
                link = self.browser.wait("UTF8ToString(Module._iem_link())")
                self.assertTrue(link.startswith(server.address + "#iem1:"), link[:80])
                back = json.loads(self.native("run", link.split("#")[1], "--steps", "0", "--json", "--quiet"))
                self.assertEqual(back["hash"], here["hash"])
        self.assertLess(self.browser.memory(), 512)

    def test_a_link_opens_a_page_of_a_lesson(self):
        address = server.address + "#lesson/two_arrows/2"
        self.browser.open(address)
        self.browser.wait(f"UTF8ToString(Module._iem_link()) === {json.dumps(address)}", seconds=10)

    def test_a_phone_writes_into_text_fields(self):
        self.browser.open(server.address)
        self.browser.key("p", "KeyP", 80, control=True)
        self.browser.wait("Module._iem_wants_text()")
        self.assertNotEqual(self.browser.value("document.activeElement.id"), "typed")
        for y in range(40, 140, 4):  # where the palette's field is
            self.browser.mouse("mouseMoved", 640, y)
            if self.browser.value("canvas.style.cursor") == "text":
                break
        self.browser.touch("touchStart", (640, y))
        self.browser.touch("touchEnd")
        self.browser.wait("document.activeElement.id === 'typed'", seconds=5)
        self.browser.ask("Input.insertText", text="Two monsters")
        self.browser.value("document.execCommand('delete'), document.execCommand('delete'), document.execCommand('delete'), "
                           "document.execCommand('delete'), document.execCommand('delete'), document.execCommand('delete')")
        self.browser.ask("Input.insertText", text="ons, e")
        time.sleep(6)  # a key a frame, and without a graphics card a frame takes long
        self.show("typed")
        self.browser.key("Enter", "Enter", 13)
        self.browser.wait(f"UTF8ToString(Module._iem_state()) === '0 {self.hash_of('moons', 0)}'", seconds=10)

    def test_a_table_of_50_megabytes_leaves_a_program_that_steps(self):
        self.browser.open(server.address)
        self.browser.value("""(() => {
          const lines = ['x,y'];
          while (lines.length < 2500000) lines.push('1.2345678,' + lines.length % 977);
          const dropped = new DataTransfer();
          dropped.items.add(new File([lines.join('\\n')], 'large.csv'));
          const canvas = document.getElementById('canvas');
          for (const kind of ['dragenter', 'dragover', 'drop'])
            canvas.dispatchEvent(new DragEvent(kind, {dataTransfer: dropped, bubbles: true, cancelable: true, clientX: 600, clientY: 400}));
        })()""")
        time.sleep(20)
        self.show("large_table")
        self.assertLess(self.browser.memory(), 1024)
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)

    def test_a_frame_takes_little_time(self):
        """Said, not asserted: without a graphics card most of it is the picture's."""
        self.browser.open(server.address)
        self.browser.value("iemFrames.length = 0")
        self.browser.key(" ", "Space", 32, text=" ")
        time.sleep(4)
        self.browser.key(" ", "Space", 32, text=" ")
        frames = sorted(self.browser.value("iemFrames"))
        self.assertGreater(len(frames), 5)
        print(f"a frame of the first scene while it plays (ms, median and 95 %): {frames[len(frames) // 2]:.1f}, "
              f"{frames[len(frames) * 95 // 100]:.1f}", file=sys.stderr)

    def test_what_is_fetched_stays_small(self):
        bytes_of = {file.name: file.stat().st_size for file in pathlib.Path(server.folder).iterdir()}
        self.assertLess(bytes_of["iemlab.wasm.gz"], 6.5e6)
        self.assertLess(bytes_of["iemlab.js"], 0.25e6)
        self.assertLess(bytes_of["index.html"], 0.02e6)

    def test_another_page_embeds_it(self):
        (pathlib.Path(server.folder) / "around.html").write_text(
            "<!doctype html><body style='margin:0'>"
            "<iframe id='lab' src='index.html?embed#iris' width='900' height='600' style='border:0'></iframe><p>Around")
        self.addCleanup((pathlib.Path(server.folder) / "around.html").unlink)
        self.browser.ask("Page.navigate", url="about:blank")
        self.browser.ask("Page.navigate", url=server.address + "around.html")
        lab = "document.getElementById('lab').contentWindow"
        state = f"{lab}.UTF8ToString({lab}.Module._iem_state())"
        self.browser.wait(f"{lab} && {lab}.Module && {lab}.Module.iem && {lab}.Module.iem.started")
        time.sleep(1)
        self.browser.click(450, 350)
        for _ in range(5):
            self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.wait(f"{state} === '5 {self.hash_of('iris', 5)}'", seconds=10)
        time.sleep(1)
        self.show("embedded_at_5")
        before = self.browser.ask("Page.captureScreenshot")["data"]
        # The knob of the line of steps is dragged to its beginning.
        y = 573
        self.browser.mouse("mouseMoved", 529, y)
        self.browser.mouse("mousePressed", 529, y, buttons=1)
        for x in range(525, 480, -5):
            self.browser.mouse("mouseMoved", x, y, buttons=1)
        self.browser.mouse("mouseReleased", 480, y)
        self.browser.wait(f"{state} === '0 {self.hash_of('iris', 0)}'", seconds=10)
        time.sleep(1)
        self.assertGreater(self.browser.difference(before, self.browser.ask("Page.captureScreenshot")["data"]), 0.001)

    def test_two_fingers_zoom(self):
        self.browser.open(server.address + "#three_blobs")
        self.show("before_zoom")
        self.browser.touch("touchStart", (560, 350))
        self.browser.touch("touchStart", (560, 350), (620, 350))
        for apart in range(60, 200, 20):
            self.browser.touch("touchMove", (590 - apart / 2, 350), (590 + apart / 2, 350))
        self.browser.touch("touchEnd")
        time.sleep(1)


class LabsTest(PageCase):
    def test_labs_look_as_on_a_desktop(self):
        scenes = json.loads(self.native("list", "scenes", "--json"))
        first = {scene["lab"]: scene["id"] for scene in reversed(scenes)}
        self.browser.open(server.address)
        self.browser.click(1256, 66)  # what is offered at the first start is dismissed
        for scene in first.values():
            with self.subTest(scene):
                self.browser.open(server.address + "#" + scene)
                self.browser.mouse("mouseMoved", 1270, 30)
                time.sleep(1)
                self.show(f"lab_{scene}")
                here = self.folder / f"{scene}.png"
                self.native("screenshot", scene, "-o", str(here), "--size", "1280x800")
                there = self.browser.ask("Page.captureScreenshot")["data"]
                part = self.browser.difference(base64.b64encode(here.read_bytes()).decode(), there)
                print(f"{scene}: {100 * part:.2f} % of the picture differ", file=sys.stderr)
                self.assertLess(part, 0.03)


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
