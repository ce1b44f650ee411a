#include "app/cli/cli.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "app/cli/commands.h"
#include "iem_version.h"

namespace iem::cli {
namespace {

void add_scene_options(CLI::App& command, SceneOptions& options) {
  command.add_option("scene", options.scene, "A built-in scene, a .toml file or an .iemlab session")
      ->required();
  command.add_option("--set", options.set, "key.path=VALUE; wins over the file (repeatable)")
      ->allow_extra_args(false);
  command.add_option("--seed", options.seed, "Replaces the scene's seed and drops [seeds]")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--threads", options.threads, "Threads; 0: all (the result is the same)")
      ->check(CLI::NonNegativeNumber);
  command.add_option("--isa", options.isa, "Instruction set of the kernel (the result is the same)");
}

void add_run(CLI::App& app, RunOptions& o, int& exit_code) {
  CLI::App* run = app.add_subcommand("run", "Step a scene without a window");
  add_scene_options(*run, o);
  run->add_option("--steps", o.steps, "Steps (default: the scene's stop conditions, else 100)")
      ->check(CLI::NonNegativeNumber);
  run->add_option("--at", o.at, "STEP:key.path=VALUE, an edit on the way (repeatable)")
      ->allow_extra_args(false);
  run->add_option("--trace", o.trace, "Write loss and metrics of every step (.csv)");
  run->add_option("--state", o.state, "Write the last state (.json)");
  run->add_option("--dump", o.dumps,
                  "WHAT=FILE.csv: responsibilities, energies, gradient, points (repeatable)")
      ->allow_extra_args(false);
  run->add_option("--figure", o.figures, "ID=FILE with .svg .pdf .png .tex .csv (repeatable)")
      ->allow_extra_args(false);
  run->add_option("--save-session", o.session, "Write the run as an .iemlab session");
  run->add_option("--width-cm", o.width_cm, "Figure width")->check(CLI::Range(2.0, 200.0));
  run->add_option("--height-cm", o.height_cm, "Figure height (default: what the figure asks for)")
      ->check(CLI::Range(2.0, 200.0));
  run->add_option("--dpi", o.dpi, "Resolution of PNG figures")->check(CLI::Range(20.0, 2400.0));
  run->add_option("--theme", o.theme, "light, dark or print");
  run->add_flag("--transparent", o.transparent, "No paper behind figures");
  run->add_flag("--quiet", o.quiet, "No summary");
  run->add_flag("--json", o.json, "One JSON object when done");
  run->callback([&o, &exit_code] { exit_code = run_command(o); });
}

void add_check(CLI::App& app, CheckOptions& o, const WindowHooks& hooks, int& exit_code) {
  CLI::App* check = app.add_subcommand("check", "Check the program's claims on a scene");
  add_scene_options(*check, o);
  check->add_option("--steps", o.steps, "Steps before the checks")->check(CLI::NonNegativeNumber);
  check->add_flag("--json", o.json, "As JSON");
  check->callback([&o, &hooks, &exit_code] { exit_code = check_command(o, hooks); });
}

void add_list(CLI::App& app, ListOptions& o, int& exit_code) {
  CLI::App* list = app.add_subcommand("list", "List what there is");
  list->add_option("what", o.what, "labs, energies, optimizers, figures, parameters or scenes")->required();
  list->add_option("--lab", o.lab, "Only of this lab");
  list->add_flag("--json", o.json, "As JSON");
  list->callback([&o, &exit_code] { exit_code = list_command(o); });
}

// WxH in pixels.
void parse_size(const std::string& text, ScreenshotRequest& request) {
  int used = 0;
  const bool fits = std::sscanf(text.c_str(), "%5dx%5d%n", &request.width, &request.height, &used) == 2 &&
                    used == static_cast<int>(text.size());
  if (!fits || request.width < 320 || request.height < 240 || request.width > 16384 || request.height > 16384)
    throw InputError("--size " + text + ": must be WxH, from 320x240 to 16384x16384");
}

void add_screenshot(CLI::App& app, ScreenshotRequest& request, std::string& size, const WindowHooks& hooks) {
  CLI::App* command =
      app.add_subcommand("screenshot", "Draw the whole window to a picture, without a display");
  command->add_option("scene", request.scene, "A built-in scene, a .toml file or an .iemlab session")
      ->required();
  command->add_option("-o,--output", request.output, "The picture (.png)")->required();
  command->add_option("--steps", request.steps, "Steps before the picture")->check(CLI::NonNegativeNumber);
  command->add_option("--size", size, "WxH in pixels");
  command->add_option("--scale", request.scale, "Interface scale")->check(CLI::Range(0.5, 4.0));
  command->add_option("--theme", request.theme, "light or dark");
  command->add_option("--script", request.script, "What to do in the window first, a line each");
  command->callback([&] {
    parse_size(size, request);
    hooks.screenshot(request);
    std::printf("wrote %s\n", request.output.c_str());
  });
}

int parse_and_run(CLI::App& app, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return 0;
  } catch (const CLI::Success& words) {  // --help, --version
    return app.exit(words);
  } catch (const CLI::ParseError& error) {
    std::fprintf(stderr, "iemlab: %s (see iemlab --help)\n", error.what());
    return static_cast<int>(ErrorKind::bad_input);
  } catch (const InputError& error) {
    std::fprintf(stderr, "iemlab: %s\n", error.what());
    return static_cast<int>(error.kind());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "iemlab: internal error: %s\n", error.what());
    return static_cast<int>(ErrorKind::bad_input);
  }
}

}  // namespace

int run_main(int argc, char** argv, const WindowHooks& hooks) {
  CLI::App app(
      "Implicit EM Lab: gradient descent on log-sum-exp objectives is expectation-maximisation, live",
      "iemlab");
  app.set_version_flag("--version", "iemlab " + std::string(kVersion));
  app.require_subcommand(0, 1);
  std::string scene, size = "1280x800";
  app.add_option("scene", scene, "Open the window on this scene");
  int exit_code = 0;
  RunOptions run;
  CheckOptions check;
  ListOptions list;
  ScreenshotRequest screenshot;
  add_run(app, run, exit_code);
  add_check(app, check, hooks, exit_code);
  add_list(app, list, exit_code);
  add_screenshot(app, screenshot, size, hooks);
  app.callback([&] {
    if (app.get_subcommands().empty()) hooks.open(scene.empty() ? "penguins" : scene);
  });
  const int failed = parse_and_run(app, argc, argv);
  return failed ? failed : exit_code;
}

}  // namespace iem::cli
