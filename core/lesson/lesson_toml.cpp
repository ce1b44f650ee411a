#include "core/lesson/lesson_toml.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"
#include "core/config/setting_table.h"
#include "core/config/toml_values.h"
#include "core/lesson/lines.h"
#include "core/session/state_string.h"

namespace iem {
namespace {

constexpr std::int64_t kLastStep = 1'000'000, kMostPlayed = 10'000;
constexpr std::size_t kMostNames = 64, kLongestName = 4000, kMostChoices = 12;
constexpr double kSlowest = 0.1, kFastest = 60;

using Keys = std::vector<std::string>;

InputError unknown_key(const TomlEntry& entry, const Keys& known) {
  const std::string near = nearest_word(entry.key, known);
  return InputError(
      "unknown key " + printable(entry.key) +
          (near.empty() ? ": must be one of " + listed_words(known, "or") : "; did you mean " + near + "?"),
      entry.key_at);
}

void require_value(const TomlEntry& entry) {
  if (entry.is_table)
    throw InputError(printable(entry.key) + ": must be a value, not a table", entry.value_at);
  if (entry.problem) throw InputError(*entry.problem);
}

std::string text_in(const TomlEntry& entry) {
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr || text->empty() || text->size() > kLongestName)
    throw value_error(entry.key, entry.value,
                      "must be a string of 1 to " + std::to_string(kLongestName) + " bytes", entry.value_at);
  return *text;
}

LessonName name_in(const TomlEntry& entry) { return {text_in(entry), entry.value_at}; }

// A state string may be longer than a name.
LessonName scene_in(const TomlEntry& entry) {
  const auto* text = std::get_if<std::string>(&entry.value);
  if (text == nullptr || !is_state_string(*text)) return name_in(entry);
  if (text->size() > kLongestStateString)
    throw value_error(entry.key, entry.value, "must be a state string of at most 64 KiB", entry.value_at);
  return {*text, entry.value_at};
}

std::int64_t count_in(const TomlEntry& entry, std::int64_t most) {
  const auto* number = std::get_if<std::int64_t>(&entry.value);
  if (number == nullptr || *number < 0 || *number > most)
    throw value_error(entry.key, entry.value, "must be a whole number from 0 to " + std::to_string(most),
                      entry.value_at);
  return *number;
}

bool flag_in(const TomlEntry& entry) {
  const auto* flag = std::get_if<bool>(&entry.value);
  if (flag == nullptr) throw value_error(entry.key, entry.value, "must be true or false", entry.value_at);
  return *flag;
}

double speed_in(const TomlEntry& entry) {
  const auto* whole = std::get_if<std::int64_t>(&entry.value);
  const auto* real = std::get_if<double>(&entry.value);
  const double speed = whole != nullptr ? static_cast<double>(*whole) : real != nullptr ? *real : 0;
  if (speed < kSlowest || speed > kFastest)
    throw value_error(entry.key, entry.value, "must be a number from 0.1 to 60, in steps a second",
                      entry.value_at);
  return speed;
}

std::vector<std::string> list_in(const TomlEntry& entry, std::size_t most) {
  if (const auto* none = std::get_if<Tensor>(&entry.value); none != nullptr && none->data.empty()) return {};
  const auto* list = std::get_if<std::vector<std::string>>(&entry.value);
  const auto fits = [](const std::string& name) { return !name.empty() && name.size() <= kLongestName; };
  if (list == nullptr || list->size() > most || !std::ranges::all_of(*list, fits))
    throw value_error(entry.key, entry.value,
                      "must be a list of at most " + std::to_string(most) + " strings, none empty",
                      entry.value_at);
  return *list;
}

std::vector<LessonName> names_in(const TomlEntry& entry) {
  std::vector<LessonName> out;
  for (std::string& name : list_in(entry, kMostNames)) out.push_back({std::move(name), entry.value_at});
  return out;
}

void read_moment_key(const TomlEntry& entry, Moment& moment) {
  static const Keys kKeys = {"scene",     "step",  "set",  "show", "controls",
                             "highlight", "cover", "lock", "play", "speed"};
  if (read_set(entry, entry.key, moment.set)) return;
  if (std::ranges::find(kKeys, entry.key) == kKeys.end()) throw unknown_key(entry, kKeys);
  require_value(entry);
  const std::string& key = entry.key;
  if (key == "scene") moment.scene = scene_in(entry);
  if (key == "step") moment.step = count_in(entry, kLastStep), moment.step_at = entry.value_at;
  if (key == "show") moment.show = names_in(entry);
  if (key == "controls") moment.controls = names_in(entry);
  if (key == "highlight") moment.highlight = names_in(entry);
  if (key == "cover") moment.cover = names_in(entry);
  if (key == "lock") moment.lock = flag_in(entry);
  if (key == "play") moment.play = count_in(entry, kMostPlayed);
  if (key == "speed") moment.speed = speed_in(entry);
}

// The entries of TOML text, with every place in it moved to where `place` says it stands in the file.
template <class Place>
std::vector<TomlEntry> entries_of(const std::string& toml, const std::string& file, const Place& place) {
  std::vector<TomlEntry> entries;
  try {
    entries = read_toml(toml, file);
  } catch (const InputError& error) {
    throw InputError(error.message(), place(error.at()), error.kind());
  }
  for (TomlEntry& entry : entries) {
    entry.key_at = place(entry.key_at), entry.value_at = place(entry.value_at);
    if (entry.problem) entry.problem = InputError(entry.problem->message(), place(entry.problem->at()));
  }
  return entries;
}

// An inline table without its braces as ordinary TOML: each key on a line of its own, so that a comment may
// follow the last one. `columns` says where in the file each line begins.
std::string on_lines(std::string_view keys, int column, std::vector<int>& columns) {
  std::string out;
  char quote = 0;
  int depth = 0;
  std::size_t begin = 0;
  const auto end_line = [&](std::size_t end) {
    columns.push_back(column + letters(keys.substr(0, begin)));
    out += std::string(keys.substr(begin, end - begin)) + "\n";
    begin = end + 1;
  };
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const char c = keys[i];
    if (quote != 0) {
      if (c == '\\' && quote == '"') ++i;
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '#') {
      break;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if (c == ']' || c == '}') {
      --depth;
    } else if (c == ',' && depth == 0) {
      end_line(i);
    }
  }
  end_line(keys.size());
  return out;
}

// The entries of what stands on a marker line from `at` on.
std::vector<TomlEntry> entries_on_line(std::string_view keys, const SourcePosition& at) {
  std::vector<int> columns;
  const std::string toml = on_lines(keys, at.column, columns);
  return entries_of(toml, at.file, [&](const SourcePosition& place) {
    const std::size_t line = std::min(static_cast<std::size_t>(std::max(place.line, 1)), columns.size()) - 1;
    return SourcePosition{at.file, at.line, columns[line] + std::max(place.column, 1) - 1};
  });
}

// The expression of a question of a number.
Expression expression_in(const TomlEntry& entry) {
  try {
    return parse_expression(text_in(entry));
  } catch (const InputError& error) {
    if (error.at().line > 0) throw;
    throw InputError(entry.key + " = " + quoted_value(entry.value) + ": " + error.message(), entry.value_at);
  }
}

struct KindKey {
  const char* key;
  Question::Kind kind;
};
constexpr std::array kKindKeys = {
    KindKey{"where", Question::Kind::where}, KindKey{"choice", Question::Kind::choice},
    KindKey{"number", Question::Kind::number}, KindKey{"sketch", Question::Kind::sketch}};
constexpr const char* kKindWords = "a question has one of where, choice, number and sketch";

// What is asked: where, choice, number or sketch. False where the entry is of another key.
bool read_kind(const TomlEntry& entry, Question& question, bool& is_known) {
  const auto* found = std::ranges::find_if(kKindKeys, [&](const KindKey& k) { return entry.key == k.key; });
  if (found == kKindKeys.end()) return false;
  if (is_known) throw InputError(entry.key + ": " + kKindWords, entry.key_at);
  is_known = true;
  question.kind = found->kind;
  if (found->kind == Question::Kind::choice) {
    question.choices = list_in(entry, kMostChoices);
    if (question.choices.size() < 2)
      throw value_error(entry.key, entry.value, "must be a list of 2 to 12 strings", entry.value_at);
  } else {
    question.subject = name_in(entry);
  }
  if (found->kind == Question::Kind::number) question.number = expression_in(entry);
  return true;
}

void take_answer(const TomlEntry* answer, Question& question) {
  if (question.kind != Question::Kind::choice) {
    if (answer != nullptr) throw InputError("answer: only a choice has one", answer->key_at);
    return;
  }
  if (answer == nullptr)
    throw InputError("answer is missing: it says which of the choices is right", question.at);
  const auto found = std::ranges::find(question.choices, text_in(*answer));
  if (found == question.choices.end())
    throw value_error("answer", answer->value, "must be one of the choices", answer->value_at);
  question.answer = static_cast<std::size_t>(found - question.choices.begin());
}

}  // namespace

Moment read_moment(std::string_view toml, int first, const SourcePosition& at) {
  Moment out;
  out.at = at;
  const auto in_file = [&](const SourcePosition& place) {
    return SourcePosition{at.file, place.line + first - 1, place.column};
  };
  for (const TomlEntry& entry : entries_of(std::string(toml), at.file, in_file)) read_moment_key(entry, out);
  return out;
}

Question read_question(std::string_view keys, const SourcePosition& at) {
  static const Keys kKeys = {"ask", "where", "choice", "answer", "number", "sketch", "then"};
  Question out;
  out.at = at;
  bool has_kind = false;
  std::optional<std::int64_t> then;
  const std::vector<TomlEntry> entries = entries_on_line(keys, at);
  const TomlEntry* answer = nullptr;
  for (const TomlEntry& entry : entries) {
    if (std::ranges::find(kKeys, entry.key) == kKeys.end()) throw unknown_key(entry, kKeys);
    require_value(entry);
    if (read_kind(entry, out, has_kind)) continue;
    if (entry.key == "ask") out.ask = text_in(entry);
    if (entry.key == "then") then = count_in(entry, kMostPlayed);
    if (entry.key == "answer") answer = &entry;
  }
  if (!has_kind) throw InputError(kKindWords, at);
  take_answer(answer, out);
  const bool words = out.kind == Question::Kind::choice || out.kind == Question::Kind::number;
  if (words && out.ask.empty()) throw InputError("ask is missing: the words of the question", at);
  out.then = then.value_or(out.kind == Question::Kind::where ? 1 : 0);
  return out;
}

void read_by(std::string_view keys, const SourcePosition& at, LessonTask& task) {
  static const Keys kKeys = {"steps", "set"};
  for (const TomlEntry& entry : entries_on_line(keys, at)) {
    if (read_set(entry, entry.key, task.set)) continue;
    if (entry.key != "steps") throw unknown_key(entry, kKeys);
    require_value(entry);
    task.steps = count_in(entry, kMostPlayed);
  }
}

}  // namespace iem
