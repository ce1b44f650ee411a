#include "app/cli/command_line.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "app/cli/command_options.h"
#include "app/cli/lab_offers.h"
#include "app/cli/stepping.h"
#include "app/export/animation/formats.h"
#include "app/export/formats.h"
#include "app/export/grid/figure_grid.h"
#include "core/base/words.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/lesson/lessons.h"
#include "core/session/scene_file.h"
#include "core/session/session_file.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

void add_run(CommandLine& line) {
  Command run(line, *line.app.add_subcommand("run", "Step a scene without a window"));
  RunOptions& o = line.run;
  add_scene_options(run, o);
  run.steps(o.steps, "How many (default: the scene's stop conditions, else 100)",
            "They count from where a session ends.");
  run.repeatable("--at", o.at, "STEP:KEY=VALUE", "An edit when STEP steps are done");
  run.file("--trace", o.trace, "FILE.csv", "Write loss and metrics of every step",
           "Step 0 is one of them. Beside every table stands FILE.csv.json, which says what it is.");
  run.file("--state", o.state, "FILE.json", "Write the last state",
           "Parameters, metrics, hash, settings and the state string that opens it again.");
  run.repeatable("--dump", o.dumps, "WHAT=FILE.csv", "Write responsibilities, energies, gradient or points",
                 {.words = dumps_begun});
  run.repeatable("--figure", o.figures, "ID=FILE", "Write a figure as " + figure_extensions(),
                 {.words = figures_begun});
  run.repeatable("--animate", o.animations, "ID=FILE",
                 "Write a figure at many steps as " + animation_extensions(),
                 {.words = figures_begun, .more = kFilmHelp});
  add_film_options(run, o);
  run.repeatable("--code", o.codes, "LANGUAGE=FILE",
                 "Write the derived activation as code: numpy, pytorch, cpp or latex",
                 {.words = languages_begun});
  add_paper_options(run, o);
  run.file("--save-session", o.session, "FILE.iemlab", "Write everything needed to get here again");
  run.flag("--quiet", o.quiet, "No summary");
  run.flag("--json", o.json, "One JSON object instead of the summary");
}

void add_check(CommandLine& line) {
  Command check(line, *line.app.add_subcommand("check", "Check the program's claims on a scene"));
  add_scene_options(check, line.check);
  check.steps(line.check.steps, "Steps before the checks (default 50)");
  check.flag("--json", line.check.json, "As JSON");
}

void add_sweep(CommandLine& line) {
  Command sweep(line, *line.app.add_subcommand("sweep", "Run a scene with many seeds and settings"));
  SweepOptions& o = line.sweep;
  sweep.scene(o.scene);
  sweep.option("--seeds", o.seeds, "A..B", "From A to B, both included (default: the scene's own)");
  sweep.option("--seed-init", o.start_seeds, "S|A..B",
               "Seeds of the start alone, one or from A to B: the same data, other starts");
  sweep.repeatable("--set", o.set, "KEY=VALUE,VALUE,...",
                   "A setting with its values; several make all combinations",
                   {.words = keys_begun,
                    .more = "Values are split at commas outside brackets. One without effect in every "
                            "combination is refused; where it is without effect in some, it is said."});
  sweep.steps(o.steps, "Steps of each run (default: the scene's stop conditions, else 100)");
  sweep.file("--table", o.table, "FILE.csv|FILE.tex", "Write one row a run",
             "Settings, seed, steps, loss, metrics, why it ended and the hash.");
  sweep
      .option("--reach", o.reach, "LOSS", "Add the first step at which the loss is LOSS or less",
              {.more = "It is nan where it never is."})
      ->check(finite());
  add_many_runs_options(sweep, o);
  sweep.flag("--quiet", o.quiet, "No summary");
}

void add_compare(CommandLine& line) {
  Command compare(line,
                  *line.app.add_subcommand("compare", "Several runs of a scene in one figure or table"));
  CompareOptions& o = line.compare;
  compare.scene(o.scene);
  compare.repeatable("--set", o.set, "KEY=VALUE", "A setting of all runs that wins over the file",
                     {.words = keys_begun, .more = kIdleHelp});
  compare.repeatable(
      "--run", o.runs, "KEY=VALUE,...", "A run beside the scene's own, with these settings",
      {.words = keys_begun,
       .more = "Values are split at commas outside brackets; the last part of a key will do where "
               "it is one key's only; name=WORDS names the run. optimizer.learning_rate=best is "
               "the rate of 13, from 10^-4 to 10^2, whose J is lowest after the steps asked for. "
               "Without --run: what the scene compares, else those of GD, EM, Adam and natural steps "
               "that are not its own rule, at their best rates."});
  compare.option("--seeds", o.seeds, "A..B", "Draw every run with these seeds, for bands");
  compare.option("--seed-init", o.start_seeds, "S|A..B",
                 "Seeds of the start alone, one or from A to B: the same data, other starts");
  compare.steps(o.steps, "Steps of each run (default: the scene's stop conditions, else 100)");
  compare.repeatable("--figure", o.figures, "ID=FILE", "Write a figure of all runs as " + figure_extensions(),
                     {.words = figures_begun,
                      .more = "Curves over steps lie in one plot; other figures stand side by side."});
  compare.repeatable("--animate", o.animations, "ID=FILE",
                     "Write a figure of each run, side by side at many steps, as " + animation_extensions(),
                     {.words = figures_begun,
                      .more = std::string("The runs go on together, each to its last step; of several draws "
                                          "the first is shown. ") +
                              kFilmHelp});
  add_film_options(compare, o);
  compare.file(
      "--table", o.table, "FILE.csv|FILE.tex", "Write what the runs have come to",
      "J, steps until settled, |dJ|, seconds a step and metrics; .csv has a row a draw, and beside it a "
      ".json that says how it was made; .tex has a row a run, the best in bold.");
  compare.file("--trace", o.trace, "FILE.csv", "Write loss and metrics of every step of every run");
  compare
      .option("--band", o.band, "KIND", "Of several draws: mean and deviation, or median and quartiles",
              {.words = one_of({"deviation", "quartiles"})})
      ->check(among({"deviation", "quartiles"}));
  compare.flag("--lines", o.lines, "Each draw as a thin line too");
  add_many_runs_options(compare, o);
  add_paper_options(compare, o);
  compare.flag("--quiet", o.quiet, "No summary");
  compare.flag("--json", o.json, "One JSON object instead of the summary");
}

void add_page(CommandLine& line) {
  Command page(line, *line.app.add_subcommand("page", "Several figures as one page, with letters"));
  PageOptions& o = line.page;
  page.option("page", o.page, "", "A page file (.toml): which figures of which scenes at which steps")
      ->required();
  page.option("-o,--output", o.output, "FILE", "The page, as " + grid_extensions(),
              {.more = "It carries the runs of all panels: FILE#b opens that of panel b."})
      ->check(file_name());
  page.file(
      "--animate", o.animate, "FILE", "How the page came to be it, as " + animation_extensions(),
      std::string("All panels go on together from their start, each to the step it shows. ") + kFilmHelp);
  add_film_options(page, o);
  add_paper_size(page, o, "the page", "what the file says");
  page.option("--dpi", o.dpi, "N", "Resolution of a PNG (default what the file says)",
              {.more = "Of animations: not given, they are 800 pixels wide."})
      ->check(in_range(20.0, 2400.0));
  add_furniture(page, o.furniture, true);
  page.option("--threads", o.threads, "N", "Threads; 0 is all (any number gives the same bits)")
      ->check(in_range(0, 1024));
  page.flag("--quiet", o.quiet, "No summary");
}

void add_atlas_film(Command& atlas, AtlasOptions& o) {
  atlas.repeatable("--animate", o.animations, "atlas=FILE",
                   "Write the map while a setting slides, as " + animation_extensions(),
                   {.more = "An optimum has one name and one colour in all frames."});
  CLI::Option* const film = atlas.known("--animate");
  CLI::Option* const over =
      atlas.option("--over", o.over, "KEY=A..B", "The setting that slides, and from where to where",
                   {.words = keys_begun,
                    .more = "A number that may change while a run is under way, as optimizer.blend=0..1 of "
                            "the rule gd_to_em. A rate goes by equal factors."});
  over->needs(film);
  film->needs(over);
  atlas.option("--frames", o.frames, "N", "So many values of it (default 60)")
      ->check(in_range(2, 2000))
      ->needs(film);
  atlas.option("--fps", o.fps, "F", "Frames a second (default 25)")->check(in_range(0.1, 120.0))->needs(film);
}

void add_atlas(CommandLine& line) {
  Command atlas(line, *line.app.add_subcommand("atlas", "Where every start of one prototype ends, as a map"));
  AtlasOptions& o = line.atlas;
  add_scene_options(atlas, o);
  atlas.option("--prototype", o.prototype, "J", "Which one, from 1 (default 1)")->check(in_range(1, 64));
  atlas.option("--size", o.size, "N", "Starts along each axis (default 256)")->check(in_range(8, 4096));
  atlas.steps(
      o.steps, "At most so many from each start (default 150)",
      "It settles at the scene's stop_grad_norm or stop_loss_change, else when a step changes J by at "
      "most 10^-7; stop_steps does not count.");
  atlas.repeatable("--figure", o.figures, "ID=FILE", "Write a figure as " + figure_extensions(),
                   {.words = figures_begun, .more = "The map is atlas=FILE."});
  add_atlas_film(atlas, o);
  atlas.known("--steps")->check(in_range(1, 100'000));
  add_paper_options(atlas, o);
  atlas.flag("--quiet", o.quiet, "No summary");
  atlas.flag("--json", o.json, "One JSON object instead of the summary");
}

void add_screenshot(CommandLine& line) {
  Command shot(
      line, *line.app.add_subcommand("screenshot", "Draw the whole window to a picture, without a display"));
  ScreenshotRequest& o = line.screenshot;
  shot.scene(o.scene);
  shot.option("-o,--output", o.output, "FILE.png", "The picture")->required()->check(file_name());
  shot.steps(o.steps, "Steps before the picture (default 0)");
  shot.option("--size", line.picture_size, "WxH", "In pixels (default 1280x800)");
  shot.option("--scale", o.scale, "S", "Interface scale (default 1)")->check(in_range(0.5, 4.0));
  shot.option("--theme", o.theme, "NAME", "light or dark", {.words = one_of({"light", "dark"})})
      ->check(among({"light", "dark"}));
  shot.file("--script", o.script, "FILE",
            "What to do in the window first, a line each: action ID, set KEY=VALUE, pin N, pin prototype J, "
            "hover X Y, steps N, record FILE",
            "From `record` on the window is recorded: a picture after each step and each line, as " +
                animation_extensions() + ".");
  shot.option("--fps", o.fps, "F", "Pictures a second of what the script records (default 25)")
      ->check(in_range(0.1, 120.0));
}

void add_lesson(CommandLine& line) {
  Command lesson(line, *line.app.add_subcommand("lesson", "Open a lesson, print it or play it through"));
  LessonOptions& o = line.lesson;
  lesson
      .option("lesson", o.lesson, "", "A lesson of the program, or a Markdown file (.md)",
              {.words = lesson_names})
      ->required();
  lesson.flag("--check", o.check, "Play every page, and list what does not hold");
  lesson.flag("--text", o.text, "Print the pages with their numbers");
  lesson.option(
      "--grade", o.grade, "FILE.iemlab...", "Compare sessions of the lesson with what is right",
      {.more = "The distance of every guess from the truth, and every task that is done: its state is "
               "replayed, and its hash and condition are checked."});
  lesson.file("--table", o.table, "FILE.csv|FILE.tex", "With --grade: write one row a session");
  lesson.flag("--notes", o.notes, "With --text: the teacher's notes too");
  lesson.file("--handout", o.handout, "FILE.pdf", "Write the pages as sheets with space for answers");
  lesson.option("--paper", o.paper, "NAME", "With --handout: a4 or letter (default a4)",
                {.words = one_of({"a4", "letter"})});
  lesson.flag("--key", o.key, "With --handout: the answers and the teacher's notes too");
}

void add_list(CommandLine& line) {
  Command list(line, *line.app.add_subcommand("list", "List what there is"));
  list.option("what", line.list.what, "", listed_words(list_words(), "or"), {.words = list_words})
      ->required();
  list.option("--lab", line.list.lab, "ID", "Only of this lab", {.words = lab_ids});
  list.file(
      "--gallery", line.list.gallery, "FOLDER", "With figures: write them all, and a page about them",
      "FOLDER/gallery.md, and a picture of each in FOLDER/gallery, from a built-in scene that shows it.");
  list.flag("--json", line.list.json, "As JSON");
}

}  // namespace

const CLI::App* CommandLine::command(const std::string& name) const {
  const auto found =
      app.get_subcommands([&](const CLI::App* command) { return command->get_name() == name; });
  return found.empty() ? nullptr : found.front();
}

CommandLine::CommandLine()
    : app("Implicit EM Lab: every gradient step on a log-sum-exp loss holds an E-step and a piece of an "
          "M-step",
          "iemlab") {
  app.allow_windows_style_options(false);  // "/folder/scene.toml" is a file there, too
  app.set_version_flag("--version", "iemlab " + std::string(kVersion));
  app.require_subcommand(0, 1);
  notes[app.add_option("scene", scene, kSceneHelp)->type_name("")] = {.words = builtin_scenes};
  add_run(*this);
  add_check(*this);
  add_sweep(*this);
  add_compare(*this);
  add_page(*this);
  add_atlas(*this);
  add_screenshot(*this);
  add_lesson(*this);
  add_list(*this);
  // After the commands, which would inherit it.
  app.footer(
      "Without a command, the window opens on SCENE (default: penguins).\n"
      "Exit codes: 0 done, 1 a check failed, 2 bad usage or input, 3 the run became non-finite,\n"
      "4 a file could not be read or written, 5 the machine lacks something, 130 interrupted.");
}

}  // namespace iem::cli
