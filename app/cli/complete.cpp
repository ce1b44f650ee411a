#include "app/cli/complete.h"

#include "app/cli/command_line.h"

namespace iem::cli {
namespace {

// Candidates that begin as the typed word does.
class Candidates {
 public:
  explicit Candidates(std::string typed) : typed_(std::move(typed)) {}

  void add(const std::string& word, const std::string& help) {
    if (word.starts_with(typed_)) text_ += word + " " + help + "\n";
  }
  void add_files() { text_ += ":files\n"; }
  void add_words(const CommandLine& line, const CLI::Option* option) {
    const auto noted = line.notes.find(option);
    if (noted == line.notes.end() || !noted->second.words) return;
    for (const std::string& word : noted->second.words()) add(word, option->get_name(true));
  }
  void add_options(const CLI::App& command) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_snames()) add("-" + name, option->get_description());
      for (const std::string& name : option->get_lnames()) add("--" + name, option->get_description());
    }
  }
  void add_commands(const CLI::App& app) {
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
      add(command->get_name(), command->get_description());
  }
  std::string text() const { return text_; }

 private:
  std::string typed_, text_;
};

const CLI::App* command_of(const CommandLine& line, const std::vector<std::string>& words) {
  if (words.size() < 2) return &line.app;
  return line.command(words.front());
}

// The option named by `word`; null if there is none or it takes no value.
const CLI::Option* taking_value(const CLI::App& command, const std::string& word) {
  if (!word.starts_with('-')) return nullptr;
  const CLI::Option* option = command.get_option_no_throw(word);
  return option && option->get_items_expected_max() > 0 ? option : nullptr;
}

void offer_value(const CommandLine& line, const CLI::Option& option, Candidates& out) {
  out.add_words(line, &option);
  if (option.get_type_name().starts_with("FILE")) out.add_files();
}

void offer_positional(const CommandLine& line, const CLI::App& command, std::size_t position,
                      Candidates& out) {
  if (&command == &line.app) out.add_commands(line.app);
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional() || position > 0) continue;
    out.add_words(line, option);
    const std::string name = option->get_name();
    if (name == "scene" || name == "lesson" || name == "page") out.add_files();
  }
}

}  // namespace

std::string completions(const CommandLine& line, const std::vector<std::string>& words) {
  const std::string typed = words.empty() ? "" : words.back();
  Candidates out(typed);
  const CLI::App* command = command_of(line, words);
  if (!command) return out.text();
  const std::string before = words.size() < 2 ? "" : words[words.size() - 2];
  if (typed == "=" || before == "=")  // a shell that splits ID=FILE there
    out.add_files();
  else if (const CLI::Option* option = taking_value(*command, before))
    offer_value(line, *option, out);
  else if (typed.starts_with('-'))
    out.add_options(*command);
  else
    offer_positional(line, *command, words.size() < 2 ? 0 : words.size() - 2, out);
  return out.text();
}

}  // namespace iem::cli
