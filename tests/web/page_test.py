#!/usr/bin/env python3
"""The page in a browser without a display: what it shows, computes, hands out and keeps.

tests/web/page_test.py FOLDER PROGRAM [--pictures FOLDER] [unittest's arguments]: FOLDER as ./run --web --build leaves it
(build/web/iemlab-web), PROGRAM as compiled for this machine, whose hashes the page must reach. The browser is chromium
(browser.py); nothing but Python's standard library is needed.
"""

import base64
import http.server
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

from browser import Browser, Server

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "cmake" / "web"))
from serve import Isolating


class PageCase(unittest.TestCase):
    handler, variant = http.server.SimpleHTTPRequestHandler, "iemlab"  # how the page is served, and what it takes then

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="iemlab-page-"))
        cls.browser = Browser(cls.folder)
        cls.server = Server(page, cls.handler)

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
        del self.server.asked[:]
        self.browser.open(self.server.address)
        self.assertEqual(self.browser.state(), (0, self.hash_of("penguins", 0)))
        self.assertEqual(sorted(set(self.server.asked)), ["/", f"/{self.variant}.js", f"/{self.variant}.wasm.gz"])
        self.assertEqual(self.browser.value("document.cookie"), "")
        times = self.browser.value("JSON.stringify(Module.iem)")
        print(f"ready and started after (ms): {times}", file=sys.stderr)

    def test_plays_to_the_hash_of_this_machine(self):
        self.browser.open(self.server.address + "#iris")
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
        self.browser.open(self.server.address + "#" + re.search("iem1:[A-Za-z0-9_-]+", figure.read_text())[0])
        self.assertEqual(self.browser.state(), (100, native["hash"]))

    def test_a_link_that_is_none_says_so(self):
        self.browser.open(self.server.address + "#iem1:nonsense")
        self.assertEqual(self.browser.state(), (0, self.hash_of("penguins", 0)))

    def test_embedded_it_is_stage_and_steps(self):
        self.browser.open(self.server.address + "?embed#moons")
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
        self.browser.open(self.server.address + "#three_blobs")
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
        self.browser.open(self.server.address + "#three_blobs")

        def drag(x, y):
            self.browser.mouse("mouseMoved", 20, 700)
            self.browser.touch("touchStart", (x, y))
            for i in range(1, 4):
                self.browser.touch("touchMove", (x + 12 * i, y + 6 * i))
            self.browser.touch("touchEnd")

        self.drag_something(drag)

    def test_saves_a_session_as_a_download(self):
        self.browser.open(self.server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.key("s", "KeyS", 83, control=True)
        file = self.downloaded(".iemlab")
        said = json.loads(self.native("run", str(file), "--steps", "0", "--json", "--quiet"))
        self.assertEqual(said["hash"], self.browser.state()[1])

    def test_exports_a_figure_as_a_download(self):
        self.browser.open(self.server.address + "#moons")
        del self.server.asked[:]
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.key("e", "KeyE", 69, control=True)
        time.sleep(3)  # the card opens and draws a preview
        self.show("export_card")
        self.browser.click(1068, 474)  # Save
        file = self.downloaded("moons_stage.svg")
        said = json.loads(self.native("run", str(file), "--steps", "0", "--json", "--quiet"))
        self.assertEqual(said["hash"], self.browser.state()[1])
        self.assertEqual(self.server.asked, [])

    def test_a_tab_that_dies_leaves_its_run(self):
        self.browser.open(self.server.address + "#moons")
        for _ in range(2):
            self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(2)
        time.sleep(8)  # longer than a run waits until it is kept
        self.browser.new_tab(crash=True)
        self.browser.open(self.server.address)
        self.assertEqual(self.browser.state()[0], 0)
        self.show("offered_again")
        self.browser.key("o", "KeyO", 79, control=True, shift=True)
        self.browser.step(2)
        self.assertEqual(self.browser.state(), (2, self.hash_of("moons", 2)))

    def test_a_page_that_is_left_offers_its_run_as_one_that_ended_well(self):
        self.browser.open(self.server.address + "#moons")
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)
        self.browser.open(self.server.address)  # at once
        self.show("left_and_offered")
        self.browser.key("o", "KeyO", 79, control=True, shift=True)
        self.browser.step(1)
        self.assertEqual(self.browser.state(), (1, self.hash_of("moons", 1)))

    def test_every_scene_comes_from_a_link_and_goes_back_into_one(self):
        self.browser.open(self.server.address)
        scenes = [scene["id"] for scene in json.loads(self.native("list", "scenes", "--json"))]
        self.assertGreater(len(scenes), 50)
        for scene in scenes:
            with self.subTest(scene):
                here = json.loads(self.native("run", scene, "--steps", "3", "--json", "--quiet"))
                self.browser.value(f"location.hash = {json.dumps('#' + here['state'])}")
                self.browser.wait(f"UTF8ToString(Module._iem_state()) === '{here['steps']} {here['hash']}'", seconds=30)
                link = self.browser.wait("UTF8ToString(Module._iem_link())")
                self.assertTrue(link.startswith(self.server.address + "#iem1:"), link[:80])
                back = json.loads(self.native("run", link.split("#")[1], "--steps", "0", "--json", "--quiet"))
                self.assertEqual(back["hash"], here["hash"])
        self.assertLess(self.browser.memory(), 512)

    def test_a_link_opens_a_page_of_a_lesson(self):
        address = self.server.address + "#lesson/two_arrows/2"
        self.browser.open(address)
        self.browser.wait(f"UTF8ToString(Module._iem_link()) === {json.dumps(address)}", seconds=10)

    def test_a_phone_writes_into_text_fields(self):
        self.browser.open(self.server.address)
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

    def test_a_table_of_50_megabytes_is_opened_and_steps(self):
        self.browser.open(self.server.address)
        first = self.browser.value("UTF8ToString(Module._iem_state())")
        self.browser.value("""(() => {
          const lines = ['x,y'];
          while (lines.length < 2500000) lines.push('1.2345678,' + lines.length % 977);
          const dropped = new DataTransfer();
          dropped.items.add(new File([lines.join('\\n')], 'large.csv'));
          const canvas = document.getElementById('canvas');
          for (const kind of ['dragenter', 'dragover', 'drop'])
            canvas.dispatchEvent(new DragEvent(kind, {dataTransfer: dropped, bubbles: true, cancelable: true, clientX: 600, clientY: 400}));
        })()""")
        self.browser.wait(f"UTF8ToString(Module._iem_state()) !== '{first}'", seconds=120)
        self.show("large_table")
        self.assertLess(self.browser.memory(), 512)
        self.browser.key("ArrowRight", "ArrowRight", 39)
        self.browser.step(1)

    def test_a_frame_takes_little_time(self):
        """Said, not asserted: without a graphics card most of it is the picture's, for which the program waits in OpenGL."""
        self.browser.open(self.server.address)
        self.browser.value("""(() => {
          window.iemInGl = 0;
          const gl = WebGL2RenderingContext.prototype;
          for (const [name, {value}] of Object.entries(Object.getOwnPropertyDescriptors(gl))) {
            if (typeof value !== 'function') continue;
            gl[name] = function (...given) {
              const begun = performance.now();
              const answer = value.apply(this, given);
              window.iemInGl += performance.now() - begun;
              return answer;
            };
          }
        })()""")
        self.browser.key(" ", "Space", 32, text=" ")
        time.sleep(1)
        self.browser.value("iemFrames.length = 0, window.iemInGl = 0")
        time.sleep(4)
        frames, waiting = self.browser.value("iemFrames.slice().sort((a, b) => a - b)"), self.browser.value("window.iemInGl")
        self.browser.key(" ", "Space", 32, text=" ")
        self.assertGreater(len(frames), 5)
        print(f"a frame of the first scene while it plays (ms, median and 95 %): {frames[len(frames) // 2]:.1f}, "
              f"{frames[len(frames) * 95 // 100]:.1f}; of the mean {sum(frames) / len(frames):.1f} the program's own: "
              f"{(sum(frames) - waiting) / len(frames):.1f}", file=sys.stderr)

    def test_what_is_fetched_stays_small(self):
        bytes_of = {file.name: file.stat().st_size for file in pathlib.Path(page).iterdir()}
        self.assertLess(bytes_of[f"{self.variant}.wasm.gz"], 6.5e6)
        self.assertLess(bytes_of[f"{self.variant}.js"], 0.25e6)
        self.assertLess(bytes_of["index.html"], 0.02e6)

    def test_another_page_embeds_it(self):
        (pathlib.Path(page) / "around.html").write_text(
            "<!doctype html><body style='margin:0'>"
            "<iframe id='lab' src='index.html?embed#iris' width='900' height='600' style='border:0'></iframe><p>Around")
        self.addCleanup((pathlib.Path(page) / "around.html").unlink)
        self.browser.ask("Page.navigate", url="about:blank")
        self.browser.ask("Page.navigate", url=self.server.address + "around.html")
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
        self.browser.open(self.server.address + "#three_blobs")
        self.show("before_zoom")
        self.browser.touch("touchStart", (560, 350))
        self.browser.touch("touchStart", (560, 350), (620, 350))
        for apart in range(60, 200, 20):
            self.browser.touch("touchMove", (590 - apart / 2, 350), (590 + apart / 2, 350))
        self.browser.touch("touchEnd")
        time.sleep(1)


class PageWithThreadsTest(PageTest):
    """The same of the program with threads, which the page takes where it is served so that it may."""

    handler, variant = Isolating, "iemlab-threads"

    def test_steps_on_threads(self):
        self.browser.open(self.server.address)
        self.assertTrue(self.browser.value("crossOriginIsolated"))
        running = "PThread.runningWorkers.length"
        self.assertGreaterEqual(self.browser.value(running), 5)  # the engine, three beside it for a step, kept sessions
        self.browser.value("Module._iem_leave()")
        self.assertEqual(self.browser.value(running), 0)

    def test_without_the_program_with_threads_it_takes_the_other(self):
        folder = self.folder / "page"
        shutil.copytree(page, folder, ignore=shutil.ignore_patterns("iemlab-threads.*"))
        self.browser.open(Server(folder, Isolating).address)
        self.assertEqual(self.browser.state(), (0, self.hash_of("penguins", 0)))


class LabsTest(PageCase):
    def test_labs_look_as_on_a_desktop(self):
        scenes = json.loads(self.native("list", "scenes", "--json"))
        first = {scene["lab"]: scene["id"] for scene in reversed(scenes)}
        self.browser.open(self.server.address)
        self.browser.click(1256, 66)  # what is offered at the first start is dismissed
        for scene in first.values():
            with self.subTest(scene):
                self.browser.open(self.server.address + "#" + scene)
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
        browser, server = Browser(folder, size=(900, 600), scale=2), Server(page, http.server.SimpleHTTPRequestHandler)
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
    page, program = arguments[:2]
    unittest.main(argv=[sys.argv[0], *arguments[2:]], verbosity=2)
