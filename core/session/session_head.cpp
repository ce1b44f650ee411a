#include "core/session/session_head.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/config/assignment.h"
#include "core/run/scene.h"

namespace iem {
namespace {

// Reads the first level of a session and stops once everything is known, or at the first token that no
// session has there, since a file that claims to be a session may be of any size.
class HeadReader : public nlohmann::json_sax<nlohmann::json> {
 public:
  std::string lab, name, scene;
  std::optional<std::int64_t> step;

  bool key(string_t& key) override {
    key_ = key;
    return true;
  }
  bool string(string_t& value) override {
    if (key_ == "lab") lab = std::move(value);
    if (key_ == "name") name = std::move(value);
    if (key_ == "scene") scene = std::move(value);
    return true;
  }
  bool number_integer(number_integer_t value) override { return number(value); }
  bool number_unsigned(number_unsigned_t value) override {
    return number(static_cast<std::int64_t>(value & 0x7FFFFFFFFFFFFFFF));
  }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return ++depth_ == 1; }
  bool end_object() override { return false; }
  bool start_array(std::size_t) override { return false; }
  bool end_array() override { return false; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  bool number(std::int64_t value) {
    if (key_ == "step") step = value;
    return !step;  // the last of what is wanted
  }
  std::string key_;
  int depth_ = 0;
};

// The title stands on a line of its own before the first table, as write_scene writes it.
std::string title_in(const std::string& scene) {
  constexpr std::string_view kLine = "\ntitle = ";
  const std::size_t at = scene.find(kLine);
  if (at == std::string::npos || at > scene.find("\n[")) return {};
  const std::size_t begin = at + kLine.size(), end = scene.find('\n', begin);
  const Value value = parse_assignment("title=" + scene.substr(begin, end - begin), "session").value;
  const auto* title = std::get_if<std::string>(&value);
  return title ? *title : std::string();
}

}  // namespace

std::optional<SessionHead> read_session_head(const std::string& file) {
  try {
    std::ifstream in(std::filesystem::path(file), std::ios::binary);
    HeadReader reader;
    nlohmann::json::sax_parse(in, &reader, nlohmann::json::input_format_t::json, false);
    if (!reader.step || reader.lab.empty()) return std::nullopt;
    const std::string title = title_in(reader.scene);
    return SessionHead{reader.lab, title.empty() ? reader.name : title, *reader.step};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace iem
