#include "tests/fuzz/targets/xml.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "core/base/check.h"
#include "core/base/utf8.h"

namespace iem::fuzz {
namespace {

void check_characters(std::string_view text) {
  IEM_CHECK(invalid_utf8(text) == text.size());
  for (const char c : text)
    IEM_CHECK(static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\r' || c == '\t');
  for (const char* forbidden : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) IEM_CHECK(text.find(forbidden) == text.npos);
}

// Text between tags, and the values of attributes.
void check_words(std::string_view words) {
  IEM_CHECK(words.find('<') == words.npos);
  for (std::size_t at = words.find('&'); at != words.npos; at = words.find('&', at + 1)) {
    const std::string_view entity = words.substr(at + 1, words.find(';', at) - at - 1);
    const bool number =
        entity.starts_with('#') && entity.size() > 1 &&
        std::ranges::all_of(entity.substr(1), [](unsigned char c) { return std::isdigit(c); });
    constexpr std::string_view known[] = {"amp", "lt", "gt", "quot", "apos"};
    IEM_CHECK(number || std::ranges::find(known, entity) != std::end(known));
  }
}

// Inside a tag, behind its name: NAME="VALUE" ...
void check_attributes(std::string_view rest) {
  while (true) {
    rest.remove_prefix(std::min(rest.find_first_not_of(" \n"), rest.size()));
    if (rest.empty()) return;
    const std::size_t equals = rest.find("=\"");
    IEM_CHECK(equals != rest.npos && equals > 0);
    for (const char c : rest.substr(0, equals))
      IEM_CHECK(std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == ':' || c == '_');
    rest.remove_prefix(equals + 2);
    const std::size_t end = rest.find('"');
    IEM_CHECK(end != rest.npos);
    check_words(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
}

}  // namespace

void check_xml(std::string_view text) {
  check_characters(text);
  if (text.starts_with("<?xml")) text.remove_prefix(text.find("?>") + 2);
  std::vector<std::string_view> open;
  int roots = 0;
  while (!text.empty()) {
    const std::size_t tag = std::min(text.find('<'), text.size());
    check_words(text.substr(0, tag));
    IEM_CHECK(!open.empty() || text.substr(0, tag).find_first_not_of("\n") == text.npos || tag == 0);
    text.remove_prefix(tag);
    if (text.empty()) break;
    // No value holds a raw '>': the escaper writes it as an entity.
    const std::size_t end = text.find('>');
    IEM_CHECK(end != text.npos);
    std::string_view inside = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    if (inside.starts_with('/')) {
      IEM_CHECK(!open.empty() && open.back() == inside.substr(1));
      open.pop_back();
      continue;
    }
    const bool closes = inside.ends_with('/');
    if (closes) inside.remove_suffix(1);
    const std::string_view name = inside.substr(0, inside.find_first_of(" \n"));
    IEM_CHECK(!name.empty() && std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c); }));
    check_attributes(inside.substr(name.size()));
    roots += open.empty() ? 1 : 0;
    if (!closes) open.push_back(name);
  }
  IEM_CHECK(open.empty() && roots == 1);
}

}  // namespace iem::fuzz
