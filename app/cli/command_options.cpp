#include "app/cli/command_options.h"

#include "app/cli/output.h"
#include "app/export/furnish/furniture_options.h"
#include "core/base/words.h"
#include "core/config/common_parameters.h"
#include "core/config/config.h"

namespace iem::cli {

Words one_of(std::vector<std::string> words) {
  return [words = std::move(words)] { return words; };
}

CLI::Validator finite() {
  return {[](std::string& given) -> std::string {
            double value = 0;
            const bool is_number = CLI::detail::lexical_cast(given, value) && std::isfinite(value);
            return is_number ? "" : (given.empty() ? "\"\"" : given) + " is not a finite number";
          },
          ""};
}

CLI::Validator among(std::vector<std::string> words) {
  return {[words](std::string& given) -> std::string {
            if (std::ranges::find(words, given) != words.end()) return "";
            const std::string near = nearest_word(given, words);
            return (given.empty() ? "\"\"" : given) + " is not one of " + joined(words) +
                   (near.empty() ? "" : "; did you mean " + near + "?");
          },
          "{" + joined(words, ",") + "}"};
}

bool is_no_integer_between(const std::string& given, double lowest, double highest) {
  double value = 0;
  std::int64_t integer = 0;
  return CLI::detail::lexical_cast(given, value) && value >= lowest && value <= highest &&
         !CLI::detail::lexical_cast(given, integer);
}

CLI::Validator file_name() {
  return {[](std::string& given) { return misnamed(given); }, ""};
}

void add_machine_options(Command& command, SceneOptions& options) {
  command
      .option("--seed", options.seed, "S", "Replaces the scene's seed and drops [seeds]",
              {.more = "The streams of data, start and batches are derived from it."})
      ->check(in_range(std::int64_t{0}, kLargestSeed));
  command
      .option("--seed-init", options.seed_init, "S",
              "The seed of the start alone: the same data, another start",
              {.more = "Refused where the scene gives the start."})
      ->check(in_range(std::int64_t{0}, kLargestSeed));
  command.option("--threads", options.threads, "N", "Threads; 0 is all (any number gives the same bits)")
      ->check(in_range(0, 1024));
  command.option(
      "--isa", options.isa, "NAME",
      "Instruction set of the kernel: sse2, avx2 or avx512 (default: the best here)",
      {.words = one_of({"sse2", "avx2", "avx512"}), .more = "It changes the speed and nothing else."});
}

void add_scene_options(Command& command, SceneOptions& options) {
  command.scene(options.scene);
  command.repeatable("--set", options.set, "KEY=VALUE", "A setting that wins over the file",
                     {.words = keys_begun, .more = kIdleHelp});
  add_machine_options(command, options);
}

void add_many_runs_options(Command& command, SceneOptions& o) {
  command
      .option("--threads", o.threads, "N", "Runs at a time; 0 is one a core (any number gives the same bits)")
      ->check(in_range(0, 1024));
  command.option("--isa", o.isa, "NAME", "Instruction set of the kernel (default: the best here)",
                 {.words = one_of({"sse2", "avx2", "avx512"})});
}

void add_furniture(Command& run, GivenFurniture& furniture, bool of_page) {
  for (FurnitureOption& each : furniture_options()) {
    if (of_page && (each.of_file || each.name == "--letter")) continue;
    std::vector<std::string>& given = furniture[each.name];
    if (each.in_parts)
      run.repeatable(each.name, given, each.type, each.help, {.words = one_of(std::move(each.words))});
    else
      run.option(each.name, given, each.type, each.help, {.words = one_of(std::move(each.words))})
          ->expected(1);
  }
}

void add_paper_options(Command& run, RunOptions& o) {
  add_paper_size(run, o, "figures", "17");
  run.option("--dpi", o.dpi, "N", "Resolution of PNG figures (default 300)",
             {.more = "Of animations: not given, they are 800 pixels wide."})
      ->check(in_range(20.0, 2400.0));
  run.option(
      "--tex", o.tex, "KIND", "TeX figures as a document, or as a fragment to \\input (default document)",
      {.words = one_of({"document", "fragment"}),
       .more = "A fragment is for a paper that loads amsmath, amssymb and pgfplots with its library "
               "groupplots. Fields and clouds of many points are PNG files beside it, named after it."});
  add_furniture(run, o.furniture);
}

void add_film_options(Command& command, FilmOptions& o) {
  CLI::Option* const film = command.known("--animate");
  command
      .option("--every", o.every, "N", "Steps between two frames (default: some 200 frames in all)",
              {.more = "The last step has a frame too."})
      ->check(in_range(std::int64_t{1}, kMostSteps))
      ->needs(film);
  command.option("--fps", o.fps, "F", "Frames a second (default 25)")
      ->check(in_range(0.1, 120.0))
      ->needs(film);
  command
      .option("--pace", o.pace, "KIND",
              "Frames at equal numbers of steps, or of equal change of the parameters: steps or change "
              "(default steps)",
              {.words = one_of({"steps", "change"}),
               .more = "With change there are as many frames, more of them where much happens."})
      ->check(among({"steps", "change"}))
      ->needs(film);
}

}  // namespace iem::cli
