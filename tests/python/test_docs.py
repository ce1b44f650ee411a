"""docs/python.md and the notebook beside it: what they say happens.

The notebook is run anew by `jupyter nbconvert --to notebook --execute --inplace docs/python_tour.ipynb`, with pandas.
"""

import ast
import json
import re
import unittest
import warnings

import support

DOCS = support.SOURCE / "docs"


class _Shown(ast.NodeTransformer):
    """Hands every expression with a comment behind it to `shown`."""

    def __init__(self, code):
        self.lines = code.splitlines()

    def visit_Expr(self, node):
        line = self.lines[node.end_lineno - 1]
        if "  # " not in line:
            return node
        said = ast.Constant(line.split("  # ", 1)[1].strip())
        call = ast.Call(ast.Name("shown", ast.Load()), [node.value, said], [])
        return ast.copy_location(ast.fix_missing_locations(ast.Expr(ast.copy_location(call, node))), node)


class Pages(support.Case):
    def shown(self, value, said):
        if said.endswith("..."):
            self.assertEqual(repr(value)[: len(said) - 3], said[:-3])
        else:
            self.assertEqual(repr(value), said)

    def play(self, code, names):
        missing = [word for word in re.findall(r"^import (\w+)", code, re.M) if support.lacks(word)]
        if missing:
            return missing
        tree = ast.fix_missing_locations(_Shown(code).visit(ast.parse(code)))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(compile(tree, "block", "exec"), names)
        return []

    def test_every_block_of_the_page_runs(self):
        blocks = re.findall(r"^```python\n(.*?)^```", (DOCS / "python.md").read_text(), re.M | re.S)
        self.assertGreater(len(blocks), 10)
        names = {"shown": self.shown}
        missing = set()
        for number, block in enumerate(blocks):
            with self.subTest(block=number, code=block):
                missing.update(self.play(block, names))
        if missing:
            print("blocks were left out: no", ", ".join(sorted(missing)), "here")

    def test_the_page_names_every_exception_and_every_name_is_documented(self):
        import iemlab

        page = (DOCS / "python.md").read_text()
        for name in iemlab.__all__:
            thing = getattr(iemlab, name)
            if isinstance(thing, type) and issubclass(thing, BaseException):
                self.assertIn(name, page)
            if name != "__version__":
                self.assertTrue(thing.__doc__, name)

    def test_the_notebook_was_run_and_its_cells_run(self):
        notebook = json.loads((DOCS / "python_tour.ipynb").read_text())
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        self.assertEqual([cell["execution_count"] for cell in cells], list(range(1, len(cells) + 1)))
        kinds = {kind for cell in cells for out in cell["outputs"] for kind in out.get("data", {})}
        self.assertLessEqual({"image/svg+xml", "text/html"}, kinds)
        self.assertFalse([out for cell in cells for out in cell["outputs"] if out["output_type"] == "error"])
        names = {}
        for cell in cells:
            with self.subTest(cell["source"]):
                self.play_cell(cell, names)

    def play_cell(self, cell, names):
        tree = ast.parse("".join(cell["source"]))
        last = ast.Expression(tree.body.pop().value) if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(last, "cell", "eval"), names) if last else None
        for out in cell["outputs"]:
            if list(out.get("data", {})) == ["text/plain"]:
                self.assertEqual(repr(value), "".join(out["data"]["text/plain"]))


if __name__ == "__main__":
    unittest.main()
