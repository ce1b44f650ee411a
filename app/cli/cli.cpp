#include "app/cli/cli.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <new>
#include <optional>

#include "app/cli/command_line.h"
#include "app/cli/complete.h"
#include "app/cli/input_files.h"
#include "app/cli/interrupt.h"
#include "app/cli/manual.h"
#include "app/cli/stepping.h"
#include "app/cli/terminal.h"
#include "core/base/atomic_file.h"
#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/data/table_reader.h"
#include "core/session/figure_panels.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/session_file.h"

namespace iem::cli {
namespace {

// WxH in pixels.
void parse_size(const std::string& text, ScreenshotRequest& request) {
  int used = 0;
  const bool fits = std::sscanf(text.c_str(), "%5dx%5d%n", &request.width, &request.height, &used) == 2 &&
                    used == static_cast<int>(text.size());
  if (!fits || request.width < 320 || request.height < 240 || request.width > 16384 || request.height > 16384)
    throw InputError("--size " + printable(text) + ": must be WxH, from 320x240 to 16384x16384");
}

bool ends_in_png(const std::string& file) { return lower_case(file).ends_with(".png") && file.size() > 4; }

std::vector<NamedFile> picture_inputs(const ScreenshotRequest& request) {
  std::vector<NamedFile> inputs =
      is_replay(request.scene) ? std::vector<NamedFile>{{"the saved run", panel_name(request.scene).file}}
                               : input_files(request.scene, load_scene(request.scene));
  if (!request.script.empty()) inputs.push_back({"the script", request.script});
  return inputs;
}

void screenshot_command(CommandLine& line, const WindowHooks& hooks) {
  ScreenshotRequest& request = line.screenshot;
  parse_size(line.picture_size, request);
  if (!hooks.screenshot) throw InputError("this program was built without a window", {}, ErrorKind::missing);
  require_writable(request.output);
  const std::vector<NamedFile> inputs = picture_inputs(request);
  std::vector<NamedFile> outputs = {{"-o", request.output}};
  check_inputs_are_kept(outputs, inputs);
  if (!ends_in_png(request.output))
    throw InputError("-o " + printable(request.output, 200) + ": must end in .png");
  end_on_interrupt();
  Progress progress(true);
  request.replaying = [&progress](std::int64_t step, std::int64_t last) { progress.say_replay(step, last); };
  request.noting = [](const std::string& note) { say_note(note); };
  request.may_record = [&](const std::string& path) {
    outputs.push_back({"record", path, path.ends_with('/')});
    check_outputs_differ(outputs);
    check_inputs_are_kept(outputs, inputs);
  };
  request.recording = [&](const std::string& path, double done) { progress.say_done(path, done); };
  request.recorded = [](const std::string& path) { print_line("wrote " + path); };
  hooks.screenshot(request);
  print_line("wrote " + request.output);
}

void window_command(const CommandLine& line, const WindowHooks& hooks) {
  if (!hooks.open) throw InputError("this program was built without a window", {}, ErrorKind::missing);
  hooks.open(line.scene, say_note);
}

int run_chosen(CommandLine& line, const WindowHooks& hooks) {
  if (line.app.got_subcommand("run")) return run_command(line.run);
  if (line.app.got_subcommand("check")) return check_command(line.check, hooks);
  if (line.app.got_subcommand("sweep")) return sweep_command(line.sweep);
  if (line.app.got_subcommand("compare")) return compare_command(line.compare);
  if (line.app.got_subcommand("page")) return page_command(line.page);
  if (line.app.got_subcommand("atlas")) return atlas_command(line.atlas);
  if (line.app.got_subcommand("lesson")) return lesson_command(line.lesson, hooks);
  if (line.app.got_subcommand("list"))
    return line.list.gallery.empty() ? list_command(line.list) : gallery_command(line.list);
  if (line.app.got_subcommand("screenshot"))
    screenshot_command(line, hooks);
  else
    window_command(line, hooks);
  return 0;
}

bool is_option(const std::string& word) {
  return word.size() > 1 && word[0] == '-' && (word[1] < '0' || word[1] > '9');
}

std::string unknown_option(const CLI::App& command, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> known;
  for (const CLI::Option* option : command.get_options())
    known.insert(known.end(), option->get_lnames().begin(), option->get_lnames().end());
  const std::string near =
      nearest_word(name.substr(std::min(name.find_first_not_of('-'), name.size())), known);
  return name + ": there is no such option" + (near.empty() ? "" : "; did you mean --" + near + "?");
}

// CLI11 names them from the last to the first. The value of an unknown option is one of them.
std::string words_too_many(const CLI::App& app, const CLI::App& command) {
  const std::vector<std::string> extra = app.remaining(true);
  const auto option = std::ranges::find_if(extra, is_option);
  return option != extra.end() ? unknown_option(command, *option)
                               : joined(extra, " ") + ": not expected here";
}

// Of an option that was given too often, or without its value.
std::string mismatch(const CLI::App& command, const std::string& words) {
  for (const CLI::Option* option : command.get_options())
    if (option->get_items_expected_max() == 1 && option->count() > 1)
      return option->get_name() + ": is given " + std::to_string(option->count()) +
             " times, and can be given once";
  const CLI::Option* option = command.get_option_no_throw(words.substr(0, words.find(':')));
  return option ? option->get_name() + ": needs a value: " + option->get_type_name() : words;
}

// What CLI11 says of the words of a command line, in our words where its own are of no help.
std::string usage_words(const CLI::App& app, const CLI::ParseError& error) {
  const auto commands = app.get_subcommands();
  const CLI::App& command = commands.empty() ? app : *commands.front();
  if (dynamic_cast<const CLI::ExtrasError*>(&error)) return words_too_many(app, command);
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error)) return mismatch(command, error.what());
  return error.what();
}

// A hint for "iemlab rum penguins", which parses as a scene called rum and one word too many.
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

// All commands that open no window, of which a lesson has some uses.
std::string work_without_window(const CLI::App& app) {
  std::vector<std::string> words;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    if (const std::string name = command->get_name(); name == "lesson")
      words.emplace_back("lesson (with --check, --text, --grade or --handout)");
    else if (name != "screenshot")
      words.push_back(name);
  return " The commands " + listed_words(words, "and") + " work without.";
}

int parse_and_run(CommandLine& line, int argc, char** argv, const WindowHooks& hooks) {
  try {
    line.app.parse(argc, argv);
    return run_chosen(line, hooks);
  } catch (const CLI::Success& words) {  // --help, --version
    return line.app.exit(words);
  } catch (const CLI::ParseError& error) {
    // Arguments are quoted in full, so the message is cut.
    say_error(printable(usage_words(line.app, error), 300) + " (" + usage_hint(line.app, line.scene) + ")");
    return static_cast<int>(ErrorKind::bad_input);
  } catch (const NoWindow& error) {
    say_error(error.what() + work_without_window(line.app));
    return static_cast<int>(error.kind());
  } catch (...) {
    return say_caught();
  }
}

// The exit code after flushing standard output: a full disk behind a redirection is an error.
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

// Answers the requests of shell completion and of the build, which --help does not list; nothing for any
// other command line.
std::optional<int> answer_machines(const CommandLine& line, const std::vector<std::string>& words) {
  if (words.size() >= 2 && words[0] == "complete" && words[1] == "--") {
    print_lines(completions(line, {words.begin() + 2, words.end()}));
    return 0;
  }
  if (words.size() == 2 && words[0] == "manual") {
    print_lines(manual_page(line, read_file(words[1])));
    return 0;
  }
  return std::nullopt;
}

int run_commands(int argc, char** argv, const WindowHooks& hooks) {
  CommandLine line;
  if (const auto answered = answer_machines(line, {argv + std::min(argc, 1), argv + argc}))
    return flushed(*answered);
  return flushed(parse_and_run(line, argc, argv, hooks));
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
