// Options that several commands have, and what it takes to declare one.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

#include "app/cli/command_line.h"
#include "app/cli/lab_offers.h"
#include "core/base/number.h"
#include "core/session/scene_file.h"
#include "core/session/session_file.h"

namespace iem::cli {

using Words = std::function<std::vector<std::string>()>;

inline constexpr const char* kSceneHelp =
    "A built-in scene, a .toml file, a table of points (.csv, .npy), an .iemlab session, a state string "
    "(iem1:...) or an exported figure";
inline constexpr const char* kIdleHelp =
    "TOML syntax, and a bare word is a string. A value that another key leaves without effect is refused, "
    "unless it is the default. What the scene says may lose its effect by it.";

inline constexpr const char* kFilmHelp =
    "Axes, colours and places are the same in all frames. A folder that ends in / gets a PNG a frame, each "
    "of "
    "which reopens its step; .mp4 needs ffmpeg.";

Words one_of(std::vector<std::string> words);

// Refuses infinity and what is no number.
CLI::Validator finite();
// Refuses an empty file name, as from an unset shell variable, and `-`.
CLI::Validator file_name();

// Refuses any other word.
CLI::Validator among(std::vector<std::string> words);

// Whether a finite number in the range is not written as an integer: 1.5 and 1e3.
bool is_no_integer_between(const std::string& given, double lowest, double highest);

inline std::string limit(double value) { return exact_number(value); }
template <std::integral T>
std::string limit(T value) {
  return std::to_string(value);
}

// A range that is not spelt out in --help: the words say it where it matters.
template <class T>
CLI::Validator in_range(T lowest, T highest) {
  return {
      [lowest, highest](std::string& given) -> std::string {
        T value{};
        std::string wrong = finite()(given);  // a comparison alone would let NaN pass
        if (wrong.empty() && std::is_integral_v<T> &&
            is_no_integer_between(given, static_cast<double>(lowest), static_cast<double>(highest)))
          wrong = given + " is not a whole number in digits";
        if (wrong.empty() && (!CLI::detail::lexical_cast(given, value) || value < lowest || value > highest))
          wrong = given + " is out of range";
        return wrong.empty() ? "" : wrong + ", must be from " + limit(lowest) + " to " + limit(highest);
      },
      ""};
}

// Adds options to one command, with what is noted of each.
class Command {
 public:
  Command(CommandLine& line, CLI::App& app) : line_(line), app_(app) {}

  template <class T>
  CLI::Option* option(const std::string& name, T& target, const std::string& type, const std::string& help,
                      OptionNotes notes = {}) {
    CLI::Option* added = app_.add_option(name, target, help)->type_name(type);
    line_.notes[added] = std::move(notes);
    return added;
  }
  CLI::Option* repeatable(const std::string& name, std::vector<std::string>& target, const std::string& type,
                          const std::string& help, OptionNotes notes = {}) {
    return option(name, target, type, help + " (repeatable)", std::move(notes))->allow_extra_args(false);
  }
  // One that was added before.
  CLI::Option* known(const std::string& name) const { return app_.get_option(name); }
  void flag(const std::string& name, bool& target, const std::string& help) {
    app_.add_flag(name, target, help);
  }

  void scene(std::string& target, const std::string& help = kSceneHelp) {
    option("scene", target, "", help, {.words = builtin_scenes})->required();
  }
  void steps(std::optional<std::int64_t>& target, const std::string& help, const std::string& more = "") {
    option("--steps", target, "N", help, {.more = more})->check(in_range(std::int64_t{0}, kMostSteps));
  }
  void steps(std::int64_t& target, const std::string& help) {
    option("--steps", target, "N", help)->check(in_range(std::int64_t{0}, kMostSteps));
  }
  void file(const std::string& name, std::string& target, const std::string& type, const std::string& help,
            const std::string& more = "") {
    option(name, target, type, help, {.more = more})->check(file_name());
  }

 private:
  CommandLine& line_;
  CLI::App& app_;
};

void add_machine_options(Command& command, SceneOptions& options);
void add_scene_options(Command& command, SceneOptions& options);
// Of commands that run several at a time.
void add_many_runs_options(Command& command, SceneOptions& options);

// Sizes and colours. `usual` says what holds without them.
template <class Options>
void add_paper_size(Command& run, Options& o, const std::string& what, const std::string& usual) {
  run.option("--width-cm", o.width_cm, "CM", "Width of " + what + " (default " + usual + ")")
      ->check(in_range(2.0, 200.0));
  run.option("--height-cm", o.height_cm, "CM", "Height of " + what + " (default: what they ask for)")
      ->check(in_range(2.0, 200.0));
  run.option("--theme", o.theme, "NAME", "light, dark or print",
             {.words = one_of({"light", "dark", "print"})});
  run.flag("--transparent", o.transparent, "No paper behind figures");
  run.option("--svg-text", o.svg_text, "KIND",
             "Words of SVG figures as outlines, alike everywhere, or real (default outlines)",
             {.words = one_of({"outlines", "real"}),
              .more = "Browsers set real text in the right font and can search it."});
}

// Options of furniture. A page of several figures chooses their letters by itself, and has nothing that is of
// the file of one figure.
void add_furniture(Command& run, GivenFurniture& furniture, bool of_page = false);
void add_paper_options(Command& run, RunOptions& options);
// Which frames an animation has.
void add_film_options(Command& command, FilmOptions& options);

}  // namespace iem::cli
