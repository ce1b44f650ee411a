#include "app/cli/manual.h"

#include <sstream>

#include "app/cli/command_line.h"
#include "core/base/error.h"

namespace iem::cli {
namespace {

// Text escaped for troff: backslashes and hyphens are kept, and no line begins a request.
std::string troff(const std::string& text) {
  std::string out = text.starts_with(".") || text.starts_with("'") ? "\\&" : "";
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += c;
  }
  return out;
}

// "-o, --output".
std::string names_of(const CLI::Option& option) {
  std::string out;
  for (const std::string& name : option.get_snames()) out += (out.empty() ? "-" : ", -") + name;
  for (const std::string& name : option.get_lnames()) out += (out.empty() ? "--" : ", --") + name;
  return out;
}

std::string entry_of(const CommandLine& line, const CLI::Option& option) {
  const std::string type = option.get_items_expected_max() > 0 ? option.get_type_name() : "";
  std::string out = ".TP\n.BI \"" + troff(names_of(option)) + "\"";
  if (!type.empty()) out += " \" " + troff(type) + "\"";
  out += "\n" + troff(option.get_description()) + ".\n";
  const auto noted = line.notes.find(&option);
  if (noted != line.notes.end() && !noted->second.more.empty()) out += troff(noted->second.more) + "\n";
  return out;
}

std::string options_of(const CommandLine& line, const std::string& name) {
  const CLI::App* command = line.command(name);
  if (!command) throw InputError("@options " + name + ": there is no such command");
  std::string out;
  for (const CLI::Option* option : command->get_options())
    if (!option->get_positional()) out += entry_of(line, *option);
  return out;
}

}  // namespace

std::string manual_page(const CommandLine& line, const std::string& page) {
  constexpr std::string_view kOptions = "@options ";
  std::istringstream in(page);
  std::string out;
  for (std::string text; std::getline(in, text);)
    out += text.starts_with(kOptions) ? options_of(line, text.substr(kOptions.size())) : text + "\n";
  return out;
}

}  // namespace iem::cli
