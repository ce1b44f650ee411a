"""Comparisons, lists and checks."""

import unittest

import support
import iemlab


class Comparisons(support.Case):
    def test_settings_with_seeds(self):
        runs = [{"method": "em"}, {"method": "adam", "rate": 0.05, "name": "Adam, slow"}]
        both = iemlab.compare("three_blobs", runs, seeds=range(3), steps=10)
        self.assertEqual(both.names, ["GD", "EM", "Adam, slow"])
        self.assertEqual(list(both.table["run"]), [name for name in both.names for _ in range(3)])
        self.assertEqual(list(both.table["seed"]), [0, 1, 2] * 3)
        self.assertEqual(len(both.trace), 3 * 3 * 11)
        figure = both.figure("excess", band="quartiles", lines=True, log="y", width_cm=8)
        self.assertIn("<svg", figure._repr_svg_())
        figure.save(self.here / "excess.pdf")
        (self.here / "excess.pdf").unlink()
        self.assert_nothing_left()

    def test_runs_that_there_are(self):
        gd = iemlab.run("three_blobs", rate=0.3, steps=6)
        em = iemlab.run("three_blobs", method="em", steps=6)
        both = iemlab.compare([gd, em])
        self.assertEqual(list(both.table["hash"]), [gd.hash, em.hash])
        self.assertEqual(list(iemlab.compare([em, gd]).table["hash"]), [em.hash, gd.hash])
        self.assertEqual(len(iemlab.compare([gd, em], seeds=range(2)).table), 4)
        with self.assertRaisesRegex(ValueError, "different scenes"):
            iemlab.compare([gd, iemlab.run("penguins", steps=1)])
        with self.assertRaisesRegex(ValueError, "edits"):
            iemlab.compare([gd, iemlab.run("three_blobs", steps=1, edits={0: {"optimizer.method": "em"}})])

    def test_own_data(self):
        points = [[i % 3, i // 3 + 0.1 * (i % 2)] for i in range(12)]
        runs = [iemlab.run(data=points, method=method, steps=3) for method in ("gd", "em")]
        self.assertEqual(list(iemlab.compare(runs).table["hash"]), [run.hash for run in runs])
        again = iemlab.compare(None, [{"method": "em"}], data=points, steps=3)
        self.assertEqual(list(again.table["hash"]), [run.hash for run in runs])

    def test_seeds_follow_one_another(self):
        with self.assertRaisesRegex(ValueError, "range"):
            iemlab.compare("three_blobs", seeds=[1, 3])
        self.assertEqual(len(iemlab.compare("three_blobs", [{}], seed_init=[4, 5], steps=1).table), 4)

    def test_errors(self):
        with self.assertRaises(iemlab.InputError) as caught:
            iemlab.compare("penguins", [{"method": "emm"}])
        self.assertEqual(caught.exception.key, "optimizer.method")
        with self.assertRaises(iemlab.NonFiniteError):
            iemlab.compare("penguins", [{"rate": 1e8}], set={"optimizer.learning_rate": 1e9}, steps=3)


class Lists(support.Case):
    def test_scenes_and_all_other_lists(self):
        scenes = iemlab.scenes("mixture")
        self.assertIn("penguins", list(scenes["id"]))
        self.assertEqual(set(scenes["lab"]), {"mixture"})
        for what in ("labs", "energies", "optimizers", "figures", "parameters", "metrics", "lessons", "toys"):
            self.assertLessEqual({"id", "label", "help"}, set(iemlab.listing(what).columns))
        with self.assertRaises(iemlab.InputError):
            iemlab.listing("nothing")

    def test_the_versions_agree(self):
        self.assertEqual(iemlab.version(), iemlab.__version__)

    def test_checks(self):
        table = iemlab.check("three_blobs", steps=3)
        self.assertIn("lse_gradient", list(table["id"]))
        self.assertEqual(set(table["status"]) - {"pass", "skip"}, set())
        scene = self.here / "wrong.toml"
        scene.write_text('format = 1\nlab = "mixture"\nconditions = ["loss@1 > loss@0"]\n')
        with self.assertRaises(iemlab.CheckFailed) as caught:
            iemlab.check(scene, steps=3)
        self.assertIn("condition_1", str(caught.exception))
        self.assertIn("fail", list(caught.exception.table["status"]))


if __name__ == "__main__":
    unittest.main()
