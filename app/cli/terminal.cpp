#include "app/cli/terminal.h"

#include <algorithm>
#include <cstdio>
#include <set>

#include "core/base/text.h"

namespace iem::cli {

void print_line(std::string_view line) { std::printf("%s\n", terminal_text(line).c_str()); }

void print_lines(std::string_view lines) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    print_line(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
}

void print_json_text(const nlohmann::ordered_json& json, bool indented) {
  const std::string text =
      json.dump(indented ? 1 : -1, ' ', true, nlohmann::ordered_json::error_handler_t::replace);
  std::printf("%s\n", text.c_str());
}

void say_error(std::string_view message, bool names_place) {
  std::fflush(stdout);
  std::fprintf(stderr, "%s%s\n", names_place ? "" : "iemlab: ", terminal_text(message).c_str());
}

void say_note(std::string_view message) {
  static std::set<std::string, std::less<>> said;
  if (!said.emplace(message).second) return;
  std::fflush(stdout);
  std::fprintf(stderr, "iemlab: note: %s\n", terminal_text(message).c_str());
}

}  // namespace iem::cli
