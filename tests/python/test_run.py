"""Runs: settings, data, what is asked of them afterwards."""

import json
import math
import pickle
import re
import struct
import unittest
import warnings

import support
import iemlab
from iemlab import _opening, _program

SQUARES = [[0.0, 0.1], [0.2, 0.0], [4.0, 4.1], [4.2, 3.9], [0.1, 0.2], [4.1, 4.0]]


class Runs(support.Case):
    def test_steps_a_scene_and_leaves_no_file(self):
        run = iemlab.run("penguins", method="em", steps=5)
        self.assertEqual((run.lab, run.step, run.steps, run.exit), ("mixture", 5, 5, "steps"))
        self.assertEqual(len(run.trace), 6)
        self.assertEqual(list(run.trace["step"]), list(range(6)))
        self.assertEqual(run.trace["loss"][5], run.loss)
        self.assertEqual(len(run.parameters["means"]), 3)
        self.assertAlmostEqual(sum(run.parameters["weights"]), 1)
        self.assertEqual(len(run.responsibilities), 342)
        self.assertTrue(all(abs(sum(row) - 1) < 1e-12 for row in run.responsibilities))
        self.assertEqual(len(run.points[0]), 2)
        self.assertEqual(list(run.dump("energies").columns), ["d0", "d1", "d2"])
        self.assertIn("stage", run.figures())
        self.assertGreater(run.metrics["ari"], 0.8)
        self.assert_nothing_left()

    def test_dumps_made_at_once_are_those_of_a_replay(self):
        run = iemlab.run("penguins", steps=5, dumps=["responsibilities"])
        again = iemlab.run("penguins", steps=5)
        self.assertEqual(run._dumps["responsibilities"], again._dump_text("responsibilities"))

    def test_without_numpy_numbers_are_lists(self):
        with support.without_modules():
            run = iemlab.run("three_blobs", steps=2, trace=True)
            self.assertIsInstance(run.trace, iemlab.Table)
            self.assertEqual(run.trace.columns[:3], ["step", "loss", "grad_norm"])
            self.assertIsInstance(run.trace["loss"], list)
            self.assertIsInstance(run.responsibilities[0], list)
            self.assertIn("[3 rows x ", repr(run.trace))
            self.assertIn("<th>loss</th>", run.trace._repr_html_())
            self.assertEqual([row["step"] for row in run.trace.rows()], [0, 1, 2])

    @unittest.skipIf(support.lacks("pandas"), support.lacks("pandas"))
    def test_with_pandas_tables_are_frames_to_the_last_bit(self):
        import pandas

        run = iemlab.run("three_blobs", steps=20)
        self.assertIsInstance(run.trace, pandas.DataFrame)
        with support.without_modules():
            exact = iemlab.run("three_blobs", steps=20).trace
        self.assertEqual(list(run.trace["loss"]), exact["loss"])
        frame = pandas.DataFrame(SQUARES, columns=["length (mm)", "w"])
        frame["kind"] = pandas.array(["a", "a", "b", "b", "a", pandas.NA], dtype="string")
        run = iemlab.run(data=frame, labels="kind", prototypes=2, steps=1)
        self.assertEqual(len(run.points), 6)
        self.assertIn("ari", run.metrics)

    @unittest.skipIf(support.lacks("numpy"), support.lacks("numpy"))
    def test_with_numpy_numbers_are_arrays(self):
        import numpy

        run = iemlab.run(data=numpy.array(SQUARES, dtype="float32"), prototypes=numpy.int64(2), steps=1)
        self.assertEqual(run.parameters["covariances"].shape, (2, 2, 2))
        self.assertEqual(run.responsibilities.shape, (6, 2))

    def test_short_names_are_keys_of_the_program(self):
        known = set(_program.known_keys())
        self.assertLessEqual(set(_opening.SHORT.values()), known)
        run = iemlab.run("three_blobs", steps=0, prototypes=4, energy="student_t", set={"model.nu": 4.5})
        scene = _opening.scene_of_session({"scene": _scene(run)})
        self.assertEqual(scene["model"]["nu"], 4.5)
        self.assertEqual(scene["model"]["components"], 4)
        with self.assertRaisesRegex(ValueError, "said twice"):
            iemlab.run("three_blobs", method="em", set={"optimizer.method": "gd"})

    def test_edits_and_seeds(self):
        run = iemlab.run("three_blobs", steps=4, edits={2: {"model.components": 5}}, seed=3)
        self.assertEqual(len(run.parameters["weights"]), 5)
        other = iemlab.run("three_blobs", steps=4, edits={2: {"model.components": 5}}, seed=4)
        self.assertNotEqual(run.hash, other.hash)
        starts = {iemlab.run("three_blobs", steps=0, seed_init=s).hash for s in (1, 2)}
        self.assertEqual(len(starts), 2)

    def test_goes_on_from_a_run_a_state_and_a_file(self):
        whole = iemlab.run("penguins", steps=8)
        half = iemlab.run("penguins", steps=3)
        self.assertEqual(iemlab.run(half, steps=5).hash, whole.hash)
        self.assertEqual(iemlab.run(half.state, steps=5).hash, whole.hash)
        self.assertEqual(iemlab.run(pickle.loads(pickle.dumps(half)), steps=5).hash, whole.hash)
        half.save(self.here / "half.iemlab")
        self.assertEqual(iemlab.run(self.here / "half.iemlab", steps=5).hash, whole.hash)
        with self.assertRaisesRegex(ValueError, ".iemlab"):
            half.save("half.json")

    def test_settings_are_the_whole_scene(self):
        run = iemlab.run("three_blobs", steps=6, rate=0.2, edits={2: {"optimizer.learning_rate": 0.1}})
        self.assertEqual(run.settings["optimizer"]["learning_rate"], 0.2)
        self.assertEqual(run.settings["model"]["covariance"], "full")
        self.assertEqual(run.settings["schedule"]["temperature_decay"], 1)
        flat = {
            f"{group}.{key}": value
            for group, table in run.settings.items()
            if group in ("data", "model", "optimizer", "schedule")
            for key, value in table.items()
        }
        again = iemlab.run("three_blobs", steps=6, set=flat, edits={2: {"optimizer.learning_rate": 0.1}})
        self.assertEqual(again.hash, run.hash)

    def test_metrics_say_how_well_and_how_fast(self):
        run = iemlab.run("three_blobs", steps=60, method="em", seed=1)
        self.assertEqual(run.metrics["ari"], 1)
        self.assertEqual(run.metrics["matched_accuracy"], 1)
        self.assertLess(iemlab.run("three_blobs", steps=5, method="em", seed=1).metrics["contraction"], 0.5)
        settled = int(run.metrics["steps_to_tolerance"])
        losses = list(run.trace["loss"])
        self.assertTrue(all(loss - min(losses) < 1e-6 for loss in losses[settled:]))
        self.assertGreaterEqual(losses[settled - 1] - min(losses), 1e-6)
        goal = iemlab.run("three_blobs", steps=6, set={"comparison.best": 0.0})
        self.assertTrue(math.isnan(goal.metrics["steps_to_tolerance"]))

    def test_a_run_that_learns_nothing_has_no_loss(self):
        run = iemlab.run("tanh", steps=0)
        self.assertTrue(math.isnan(run.loss))
        self.assertEqual(run.lab, "activation")

    def test_every_lab_runs(self):
        scenes = iemlab.scenes()
        first = dict(zip(reversed(list(scenes["lab"])), reversed(list(scenes["id"]))))
        for lab, scene in first.items():
            run = iemlab.run(scene, steps=1, trace=False)
            self.assertEqual(run.lab, lab)
            with self.assertRaisesRegex(ValueError, "trace=False"):
                run.trace


def _scene(run):
    return json.loads(run.session)["scene"]


class OwnData(support.Case):
    def test_rows_columns_and_labels(self):
        rows = iemlab.run(data=SQUARES, labels=[0, 0, 1, 1, 0, -1], prototypes=2, method="em", steps=5)
        self.assertEqual(rows.metrics["ari"], 1)
        by_name = {"length (mm)": [x for x, _ in SQUARES], "width": [y for _, y in SQUARES]}
        named = iemlab.run(
            data=by_name, labels=["a", "a", "b", "b", "a", None], prototypes=2, method="em", steps=5
        )
        self.assertEqual(named.loss, rows.loss)
        svg = named.figure(svg_text="real").svg
        for word in ("length", "width"):
            self.assertIn(word, svg)
        self.assertIn('axis_names = [\\"length (mm)\\", \\"width\\"]', named.session)
        self.assert_nothing_left()

    def test_a_scene_gives_its_model_and_rule_and_not_its_start(self):
        run = iemlab.run("penguins", data=SQUARES, steps=0)
        scene = _scene(run)
        self.assertIn("learning_rate = 0.4", scene)
        self.assertIn("standardise = true", scene)
        self.assertNotIn("means", scene)
        self.assertNotIn("penguins.csv", scene)
        # Nothing of the run is a file that could go away.
        self.assertEqual(iemlab.run(run.state, steps=0).hash, run.hash)

    def test_a_table_by_its_path(self):
        table = self.here / "own.csv"
        table.write_text("a,b\n" + "".join(f"{x},{y}\n" for x, y in SQUARES))
        run = iemlab.run("three_blobs", data=table, prototypes=2, steps=1)
        self.assertEqual(len(run.points), 6)
        with self.assertWarns(iemlab.Note):
            whole = iemlab.run(table, steps=1)
        self.assertIn("6 points for 3 components", whole.notes[0])
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # what was said once is not said again
            self.assertEqual(len(whole.points), 6)

    def test_what_is_wrong_is_said_before_anything_runs(self):
        for data, labels, words in [
            ([], None, "no points"),
            ([[1, 2], [3, math.nan]], None, "row 1, column 1 is nan"),
            ({"a": [1, 2], "b": [3, "x"]}, None, "row 1, column 'b': 'x' is no number"),
            ({"a": [1, 2], "b": [3]}, None, "different lengths"),
            ([[1, 2], [3]], None, "row 1 has 1 numbers"),
            (SQUARES, [0, 1], "2 for 6 points"),
            ({"a": [1], "b": [2]}, "kind", "no column 'kind'"),
        ]:
            with self.subTest(words), self.assertRaisesRegex(ValueError, words):
                iemlab.run(data=data, labels=labels)
        with self.assertRaises(TypeError):
            iemlab.run()

    def test_more_points_than_a_state_string_holds(self):
        points = [[math.sin(i), math.cos(3.7 * i)] for i in range(5000)]
        run = iemlab.run(data=points, steps=1)
        self.assertEqual(len(run.points), 5000)
        with self.assertRaisesRegex(ValueError, "64 KiB"):
            run.state


class Figures(support.Case):
    def test_show_in_a_notebook_and_save_in_any_format(self):
        run = iemlab.run("penguins", steps=3)
        figure = run.figure("stage", width_cm=8, theme="print")
        self.assertTrue(figure._repr_svg_().lstrip().startswith("<?xml"))
        self.assertIsNone(figure._repr_png_())
        for name in ("a.svg", "a.pdf", "a.png", "a.csv"):
            figure.save(self.here / name)
        self.assertEqual((self.here / "a.svg").read_bytes(), figure.content)
        self.assertEqual((self.here / "a.pdf").read_bytes()[:4], b"%PDF")
        self.assertEqual(iemlab.run(self.here / "a.svg", steps=0).hash, run.hash)
        picture = run.figure("loss", format="png", width_cm=5, dpi=50)
        self.assertIsNone(picture._repr_svg_())
        self.assertEqual(struct.unpack(">I", picture._repr_png_()[16:20])[0], 98)
        with self.assertRaisesRegex(ValueError, "Figure.save"):
            run.figure("loss", format="pdf")

    def test_names_inside_differ_from_those_of_other_figures(self):
        run = iemlab.run("penguins", steps=1)
        one, other = run.figure("loss"), run.figure("usage")
        names = [set(_names(figure._repr_svg_())) for figure in (one, other)]
        self.assertTrue(names[0] and names[1])
        self.assertFalse(names[0] & names[1])
        for figure in (one, other):
            for name in _names(figure._repr_svg_()):
                self.assertEqual(figure._repr_svg_().count(f'id="{name}"'), 1)


def _names(svg):
    return re.findall(r"url\(#([^)]+)\)", svg)


if __name__ == "__main__":
    unittest.main()
