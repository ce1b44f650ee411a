#include "app/cli/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <new>

#include "app/cli/commands.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "app/export/formats.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/session_file.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

constexpr const char* kSceneHelp =
    "A built-in scene, a .toml file, a table of points (.csv, .npy), an .iemlab session, a state string "
    "(iem1:...) or an exported figure";

// Refuses infinity and what is no number.
CLI::Validator finite() {
  return {[](std::string& given) -> std::string {
            double value = 0;
            const bool is_number = CLI::detail::lexical_cast(given, value) && std::isfinite(value);
            return is_number ? "" : given + " is not a finite number";
          },
          ""};
}

// An unset shell variable is no file name.
CLI::Validator file_name() {
  return {
      [](std::string& given) -> std::string { return given.empty() ? "the name of the file is empty" : ""; },
      ""};
}

// A range that is not spelt out in --help: the words say it where it matters.
template <class T>
CLI::Validator in_range(T lowest, T highest) {
  return {[lowest, highest](std::string& given) {
            const std::string wrong = finite()(given);  // CLI::Range lets NaN pass
            return wrong.empty() ? CLI::Range(lowest, highest)(given) : wrong;
          },
          ""};
}

void add_machine_options(CLI::App& command, SceneOptions& options) {
  command.add_option("--seed", options.seed, "Replaces the scene's seed and drops [seeds]")
      ->check(in_range(std::int64_t{0}, std::numeric_limits<std::int64_t>::max()))
      ->type_name("S");
  command
      .add_option("--seed-init", options.seed_init,
                  "The seed of the start alone: the same data, another start")
      ->check(in_range(std::int64_t{0}, std::int64_t{1} << 53))
      ->type_name("S");
  command.add_option("--threads", options.threads, "Threads; 0 is all (any number gives the same bits)")
      ->check(in_range(0, 1024))
      ->type_name("N");
  command
      .add_option("--isa", options.isa,
                  "Instruction set of the kernel: sse2, avx2 or avx512 (default: the best here)")
      ->type_name("NAME");
}

void add_scene_options(CLI::App& command, SceneOptions& options) {
  command.add_option("scene", options.scene, kSceneHelp)->required()->type_name("");
  command.add_option("--set", options.set, "A setting that wins over the file (repeatable)")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE");
  add_machine_options(command, options);
}

void add_paper_options(CLI::App& run, RunOptions& o) {
  run.add_option("--width-cm", o.width_cm, "Width of figures (default 17)")
      ->check(in_range(2.0, 200.0))
      ->type_name("CM");
  run.add_option("--height-cm", o.height_cm, "Height of figures (default: what they ask for)")
      ->check(in_range(2.0, 200.0))
      ->type_name("CM");
  run.add_option("--dpi", o.dpi, "Resolution of PNG figures (default 300)")
      ->check(in_range(20.0, 2400.0))
      ->type_name("N");
  run.add_option("--theme", o.theme, "light, dark or print")->type_name("NAME");
  run.add_flag("--transparent", o.transparent, "No paper behind figures");
  run.add_option("--tex", o.tex, "TeX figures as a document, or as a fragment to \\input (default document)")
      ->type_name("KIND");
  run.add_option("--svg-text", o.svg_text,
                 "Words of SVG figures as outlines, alike everywhere, or real (default outlines)")
      ->type_name("KIND");
}

void add_run(CLI::App& app, RunOptions& o, int& exit_code) {
  CLI::App* run = app.add_subcommand("run", "Step a scene without a window");
  add_scene_options(*run, o);
  run->add_option("--steps", o.steps, "How many (default: the scene's stop conditions, else 100)")
      ->check(in_range(std::int64_t{0}, kMostSteps))
      ->type_name("N");
  run->add_option("--at", o.at, "An edit when STEP steps are done (repeatable)")
      ->allow_extra_args(false)
      ->type_name("STEP:KEY=VALUE");
  run->add_option("--trace", o.trace, "Write loss and metrics of every step")
      ->check(file_name())
      ->type_name("FILE.csv");
  run->add_option("--state", o.state, "Write the last state")->check(file_name())->type_name("FILE.json");
  run->add_option("--dump", o.dumps, "Write responsibilities, energies, gradient or points (repeatable)")
      ->allow_extra_args(false)
      ->type_name("WHAT=FILE.csv");
  run->add_option("--figure", o.figures, "Write a figure as " + figure_extensions() + " (repeatable)")
      ->allow_extra_args(false)
      ->type_name("ID=FILE");
  run->add_option("--code", o.codes,
                  "Write the derived activation as code: numpy, pytorch, cpp or latex (repeatable)")
      ->allow_extra_args(false)
      ->type_name("LANGUAGE=FILE");
  add_paper_options(*run, o);
  run->add_option("--save-session", o.session, "Write everything needed to get here again")
      ->check(file_name())
      ->type_name("FILE.iemlab");
  run->add_flag("--quiet", o.quiet, "No summary");
  run->add_flag("--json", o.json, "One JSON object instead of the summary");
  run->callback([&o, &exit_code] { exit_code = run_command(o); });
}

void add_check(CLI::App& app, CheckOptions& o, const WindowHooks& hooks, int& exit_code) {
  CLI::App* check = app.add_subcommand("check", "Check the program's claims on a scene");
  add_scene_options(*check, o);
  check->add_option("--steps", o.steps, "Steps before the checks (default 50)")
      ->check(in_range(std::int64_t{0}, kMostSteps))
      ->type_name("N");
  check->add_flag("--json", o.json, "As JSON");
  check->callback([&o, &hooks, &exit_code] { exit_code = check_command(o, hooks); });
}

void add_sweep(CLI::App& app, SweepOptions& o, int& exit_code) {
  CLI::App* sweep = app.add_subcommand("sweep", "Run a scene with many seeds and settings");
  sweep->add_option("scene", o.scene, "A built-in scene, a .toml file or a table of points")
      ->required()
      ->type_name("");
  sweep->add_option("--seeds", o.seeds, "From A to B, both included (default: the scene's own)")
      ->type_name("A..B");
  sweep
      ->add_option("--seed-init", o.start_seeds,
                   "Seeds of the start alone, one or from A to B: the same data, other starts")
      ->type_name("S|A..B");
  sweep->add_option("--set", o.set, "A setting with its values; several make all combinations (repeatable)")
      ->allow_extra_args(false)
      ->type_name("KEY=VALUE,VALUE,...");
  sweep->add_option("--steps", o.steps, "Steps of each run (default: the scene's stop conditions, else 100)")
      ->check(in_range(std::int64_t{0}, kMostSteps))
      ->type_name("N");
  sweep->add_option("--table", o.table, "Write one row a run")->check(file_name())->type_name("FILE.csv");
  sweep->add_option("--reach", o.reach, "Add the first step at which the loss is LOSS or less")
      ->check(finite())
      ->type_name("LOSS");
  sweep
      ->add_option("--threads", o.threads, "Runs at a time; 0 is one a core (any number gives the same bits)")
      ->check(in_range(0, 1024))
      ->type_name("N");
  sweep->add_option("--isa", o.isa, "Instruction set of the kernel (default: the best here)")
      ->type_name("NAME");
  sweep->add_flag("--quiet", o.quiet, "No summary");
  sweep->callback([&o, &exit_code] { exit_code = sweep_command(o); });
}

void add_list(CLI::App& app, ListOptions& o, int& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List what there is");
  list->add_option("what", o.what, "labs, energies, optimizers, figures, parameters, metrics or scenes")
      ->required()
      ->type_name("");
  list->add_option("--lab", o.lab, "Only of this lab")->type_name("ID");
  list->add_flag("--json", o.json, "As JSON");
  list->callback([&o, &exit_code] { exit_code = list_command(o); });
}

// WxH in pixels.
void parse_size(const std::string& text, ScreenshotRequest& request) {
  int used = 0;
  const bool fits = std::sscanf(text.c_str(), "%5dx%5d%n", &request.width, &request.height, &used) == 2 &&
                    used == static_cast<int>(text.size());
  if (!fits || request.width < 320 || request.height < 240 || request.width > 16384 || request.height > 16384)
    throw InputError("--size " + printable(text) + ": must be WxH, from 320x240 to 16384x16384");
}

bool ends_in_png(const std::string& file) { return lower_case(file).ends_with(".png") && file.size() > 4; }

void check_picture(const ScreenshotRequest& request) {
  std::vector<NamedFile> inputs = is_replay(request.scene)
                                      ? std::vector<NamedFile>{{"the saved run", request.scene}}
                                      : input_files(request.scene, load_scene(request.scene));
  if (!request.script.empty()) inputs.push_back({"the script", request.script});
  check_inputs_are_kept({{"-o", request.output}}, inputs);
}

void add_screenshot(CLI::App& app, ScreenshotRequest& request, std::string& size, const WindowHooks& hooks) {
  CLI::App* command =
      app.add_subcommand("screenshot", "Draw the whole window to a picture, without a display");
  command->add_option("scene", request.scene, kSceneHelp)->required()->type_name("");
  command->add_option("-o,--output", request.output, "The picture")
      ->required()
      ->check(file_name())
      ->type_name("FILE.png");
  command->add_option("--steps", request.steps, "Steps before the picture (default 0)")
      ->check(in_range(std::int64_t{0}, kMostSteps))
      ->type_name("N");
  command->add_option("--size", size, "In pixels (default 1280x800)")->type_name("WxH");
  command->add_option("--scale", request.scale, "Interface scale (default 1)")
      ->check(in_range(0.5, 4.0))
      ->type_name("S");
  command->add_option("--theme", request.theme, "light or dark")
      ->check(CLI::IsMember({"light", "dark"}))
      ->type_name("NAME");
  command->add_option("--script", request.script, "What to do in the window first, a line each")
      ->check(file_name())
      ->type_name("FILE");
  command->callback([&] {
    parse_size(size, request);
    if (!hooks.screenshot)
      throw InputError("this program was built without a window", {}, ErrorKind::missing);
    require_writable(request.output);
    check_picture(request);
    if (!ends_in_png(request.output))
      throw InputError("-o " + printable(request.output, 200) + ": must end in .png");
    end_on_interrupt();
    Progress progress(true);
    request.replaying = [&progress](std::int64_t step, std::int64_t last) {
      progress.say_replay(step, last);
    };
    request.noting = [](const std::string& note) { say_note(note); };
    hooks.screenshot(request);
    print_line("wrote " + request.output);
  });
}

// "iemlab rum penguins" reads as a scene called rum and one word too many: say what was meant.
std::string usage_hint(const CLI::App& app, const std::string& scene) {
  std::vector<std::string> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    commands.push_back(command->get_name());
  const std::string near = scene.empty() ? "" : nearest_word(scene, commands);
  if (!near.empty()) return "did you mean iemlab " + near + "?";
  for (const CLI::App* command : app.get_subcommands())
    return "see iemlab " + command->get_name() + " --help";
  return "see iemlab --help";
}

int parse_and_run(CLI::App& app, int argc, char** argv, const std::string& scene) {
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::Success& words) {  // --help, --version
    return app.exit(words);
  } catch (const CLI::ParseError& error) {
    // It quotes what was given at any length.
    say_error(printable(error.what(), 300) + " (" + usage_hint(app, scene) + ")");
    return static_cast<int>(ErrorKind::bad_input);
  } catch (...) {
    return say_caught();
  }
}

// What was printed must have arrived: a full disk behind a redirection is an error, not a success.
int flushed(int exit_code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return exit_code;
  say_error("standard output: " + std::string(std::strerror(errno)));
  return exit_code == 0 ? static_cast<int>(ErrorKind::io) : exit_code;
}

}  // namespace

int say_caught() {
  try {
    throw;
  } catch (const InputError& error) {
    say_error(error.what(), error.at().line > 0);
    return static_cast<int>(error.kind());
  } catch (const std::bad_alloc&) {
    say_error("there is not enough memory for this");
    return static_cast<int>(ErrorKind::missing);
  } catch (const std::filesystem::filesystem_error& error) {
    const std::string where = error.path1().empty() ? "the working folder" : error.path1().string();
    say_error(where + ": " + error.code().message());
    return static_cast<int>(ErrorKind::io);
  } catch (const std::exception& error) {
    say_error("internal error: " + std::string(error.what()));
    return static_cast<int>(ErrorKind::bad_input);
  }
}

namespace {

int run_commands(int argc, char** argv, const WindowHooks& hooks) {
  CLI::App app(
      "Implicit EM Lab: every gradient step on a log-sum-exp loss holds an E-step and a piece of an M-step",
      "iemlab");
  app.set_version_flag("--version", "iemlab " + std::string(kVersion));
  app.require_subcommand(0, 1);
  std::string scene, size = "1280x800";
  app.add_option("scene", scene, kSceneHelp)->type_name("");
  int exit_code = 0;
  RunOptions run;
  CheckOptions check;
  ListOptions list;
  SweepOptions sweep;
  ScreenshotRequest screenshot;
  add_run(app, run, exit_code);
  add_check(app, check, hooks, exit_code);
  add_sweep(app, sweep, exit_code);
  add_screenshot(app, screenshot, size, hooks);
  add_list(app, list, exit_code);
  // After the commands, which would inherit it.
  app.footer(
      "Without a command, the window opens on SCENE (default: penguins).\n"
      "Exit codes: 0 done, 1 a check failed, 2 bad usage or input, 3 the run became non-finite,\n"
      "4 a file could not be read or written, 5 the machine lacks something, 130 interrupted.");
  app.callback([&] {
    if (!app.get_subcommands().empty()) return;
    if (!hooks.open) throw InputError("this program was built without a window", {}, ErrorKind::missing);
    hooks.open(scene.empty() ? "penguins" : scene, say_note);
  });
  const int failed = parse_and_run(app, argc, argv, scene);
  return flushed(failed ? failed : exit_code);
}

}  // namespace

int run_main(int argc, char** argv, const WindowHooks& hooks) {
  outlive_file_limits();
  try {
    return run_commands(argc, argv, hooks);
  } catch (...) {  // memory may end before a command begins
    return say_caught();
  }
}

}  // namespace iem::cli
