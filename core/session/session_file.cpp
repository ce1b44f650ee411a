#include "core/session/session_file.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/session/checkpoint.h"

namespace iem {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kDeepest = 16, kMostKeys = 1000, kMostItems = 1'000'000;
constexpr std::size_t kMostEdits = 100'000, kMostMarks = 10'000, kMostBefore = 1000;
constexpr std::size_t kLongestFileName = 4096;

std::string counted(std::size_t count, const char* what) { return std::to_string(count) + " " + what; }

// A string of the session: the member it is stored in and its greatest length.
template <class Owner>
struct TextField {
  const char* key;
  std::string Owner::*member;
  std::size_t longest = SIZE_MAX;
  bool required = true;
};

constexpr std::array kTexts = {
    TextField<SessionFile>{"program", &SessionFile::program, SIZE_MAX, false},
    TextField<SessionFile>{"isa", &SessionFile::isa, SIZE_MAX, false},
    TextField<SessionFile>{"name", &SessionFile::name, kLongestFileName},
    TextField<SessionFile>{"folder", &SessionFile::folder, kLongestFileName},
    TextField<SessionFile>{"scene", &SessionFile::scene},
    TextField<SessionFile>{"data_hash", &SessionFile::data_hash},
    TextField<SessionFile>{"hash", &SessionFile::hash},
    TextField<SessionFile>{"lesson", &SessionFile::lesson, SIZE_MAX, false},
};
constexpr std::array kEditTexts = {
    TextField<SessionFile::Edit>{"key", &SessionFile::Edit::key, 256},
    TextField<SessionFile::Edit>{"value", &SessionFile::Edit::value},
    TextField<SessionFile::Edit>{"hash", &SessionFile::Edit::hash},
};
constexpr std::array kCheckpointTexts = {
    TextField<SessionFile>{"state", &SessionFile::checkpoint_state, kLongestCheckpoint},
    TextField<SessionFile>{"sum", &SessionFile::checkpoint_sum, 64}};
constexpr std::array kMarkTexts = {TextField<SessionFile::Mark>{"hash", &SessionFile::Mark::hash}};

// The value of a key that is neither an object nor a list.
struct Scalar {
  const std::string* text = nullptr;
  std::optional<std::int64_t> whole;
  std::string shown;  // how a message quotes it
};

// Reads the text token by token and throws at the first error.
class Reader : public nlohmann::json_sax<Json> {
 public:
  Reader(std::string_view text, const std::string& file, bool whole)
      : text_(text),
        file_(file),
        whole_(whole) {}

  SessionFile take() {
    for (std::size_t i = 1; i < out_.edits.size(); ++i)
      if (out_.edits[i].step < out_.edits[i - 1].step)
        throw fail("edits[" + std::to_string(i) + "].step: the edits are not in the order of their steps");
    for (std::size_t i = 1; i < out_.marks.size(); ++i)
      if (out_.marks[i].step < out_.marks[i - 1].step)
        throw fail("marks[" + std::to_string(i) + "].step: the marks are not in the order of their steps");
    return std::move(out_);
  }

  bool null() override { return scalar({.shown = "null"}); }
  bool boolean(bool flag) override { return scalar({.shown = flag ? "true" : "false"}); }
  bool number_integer(std::int64_t number) override {
    return scalar({.whole = number, .shown = std::to_string(number)});
  }
  bool number_unsigned(std::uint64_t number) override {
    Scalar value{.shown = std::to_string(number)};
    if (number <= static_cast<std::uint64_t>(INT64_MAX)) value.whole = static_cast<std::int64_t>(number);
    return scalar(value);
  }
  bool number_float(double, const std::string& digits) override {
    return scalar({.shown = printable(digits)});
  }
  bool string(std::string& text) override {
    return scalar({.text = &text, .shown = '"' + printable(text) + '"'});
  }
  bool binary(Json::binary_t&) override { return false; }  // JSON text has none

  bool start_object(std::size_t) override {
    Place place = Place::other;
    if (stack_.empty()) {
      place = Place::root;
    } else {
      next_item();
      if (top().place == Place::edits) place = Place::edit;
      if (top().place == Place::marks) place = Place::mark;
      if (top().place == Place::root && key_ == "checkpoint") place = Place::checkpoint;
      if (top().place == Place::before || (place == Place::other && is_known(key_)))
        throw fail(path(key_) + ": " + wanted(key_));
    }
    if (place == Place::edit) out_.edits.emplace_back();
    if (place == Place::mark) out_.marks.emplace_back();
    return push(place);
  }

  bool key(std::string& name) override {
    if (++top().count > kMostKeys) throw fail("more than " + counted(kMostKeys, "keys in one object"));
    key_ = std::move(name);
    if (!is_known(key_)) return true;
    if (std::ranges::find(top().seen, key_) != top().seen.end()) throw fail(path(key_) + ": is given twice");
    top().seen.push_back(key_);
    return true;
  }

  bool end_object() override {
    if (top().place == Place::root) check_root();
    if (top().place == Place::edit) require({"step", "key", "value", "hash"});
    if (top().place == Place::mark) require({"step", "hash"});
    if (top().place == Place::checkpoint) require({"state", "sum"});
    stack_.pop_back();
    return true;
  }

  bool start_array(std::size_t) override {
    if (stack_.empty()) throw fail("must be a JSON object");
    next_item();
    Place place = Place::other;
    if (top().place == Place::root && key_ == "edits") place = Place::edits;
    if (top().place == Place::root && key_ == "marks") place = Place::marks;
    if (top().place == Place::checkpoint && key_ == "before") place = Place::before;
    const bool item = is_list(top().place);
    if (item || (place == Place::other && is_known(key_))) throw fail(path(key_) + ": " + wanted(key_));
    return push(place);
  }

  bool end_array() override {
    stack_.pop_back();
    return true;
  }

  bool parse_error(std::size_t read, const std::string&, const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    if (read > text_.size()) throw fail("the text ends too early", text_.size());
    throw fail(error.id == kNumberOverflow ? "a number is beyond the range of double precision"
                                           : "the text is no JSON from here on",
               read > 0 ? read - 1 : 0);
  }

  InputError fail(const std::string& why, std::optional<std::size_t> offset = {}) const {
    SourcePosition at{file_};
    if (offset && whole_) {
      const std::string_view before = text_.substr(0, *offset);
      at.line = static_cast<int>(1 + std::ranges::count(before, '\n'));
      at.column = static_cast<int>(*offset - (before.rfind('\n') + 1) + 1);  // npos + 1 is 0
    }
    return InputError("not a session: " + why, at);
  }

 private:
  enum class Place : std::uint8_t { root, edits, edit, marks, mark, checkpoint, before, other };
  static bool is_list(Place place) {
    return place == Place::edits || place == Place::marks || place == Place::before;
  }
  struct Level {
    Place place;
    std::size_t count = 0;  // keys or items so far
    std::vector<std::string> seen;
  };
  Level& top() { return stack_.back(); }

  bool push(Place place) {
    if (stack_.size() == kDeepest)
      throw fail("lists and objects are nested more than " + counted(kDeepest, "deep"));
    stack_.push_back({place, 0, {}});
    return true;
  }

  // Counts one more item of the present list; does nothing in an object, whose keys are counted.
  void next_item() {
    const Place place = top().place;
    if (!is_list(place) && place != Place::other) return;
    const auto [most, items] = most_of(place);
    if (++top().count > most) throw fail("more than " + counted(most, items));
  }
  static std::pair<std::size_t, const char*> most_of(Place list) {
    switch (list) {
      case Place::edits: return {kMostEdits, "edits"};
      case Place::marks: return {kMostMarks, "marks"};
      case Place::before: return {kMostBefore, "states before the last"};
      default: return {kMostItems, "items in one list"};
    }
  }

  template <class Texts>
  static bool holds(const Texts& texts, std::string_view key) {
    return std::ranges::any_of(texts, [&](const auto& text) { return key == text.key; });
  }
  bool is_known(std::string_view key) {
    switch (top().place) {
      case Place::root:
        return key == "format" || key == "step" || key == "edits" || key == "marks" || key == "left_out" ||
               key == "checkpoint" || holds(kTexts, key);
      case Place::edit: return key == "step" || holds(kEditTexts, key);
      case Place::mark: return key == "step" || holds(kMarkTexts, key);
      case Place::checkpoint: return key == "before" || holds(kCheckpointTexts, key);
      default: return false;
    }
  }

  std::string item() const {
    const Place place = stack_.back().place;
    if (place == Place::edits || place == Place::edit)
      return "edits[" + std::to_string(std::max<std::size_t>(out_.edits.size(), 1) - 1) + "]";
    if (place == Place::marks || place == Place::mark)
      return "marks[" + std::to_string(std::max<std::size_t>(out_.marks.size(), 1) - 1) + "]";
    return place == Place::checkpoint ? "checkpoint" : std::string();
  }
  std::string path(const std::string& key) const {
    const Place place = stack_.back().place;
    if (place == Place::edits) return "edits[" + std::to_string(out_.edits.size()) + "]";
    if (place == Place::marks) return "marks[" + std::to_string(out_.marks.size()) + "]";
    if (place == Place::before)
      return "checkpoint.before[" + std::to_string(out_.checkpoint_before.size()) + "]";
    const std::string where = item();
    return where.empty() ? printable(key) : where + "." + printable(key);
  }
  std::string wanted(std::string_view key) const {
    const Place place = stack_.back().place;
    if (place == Place::edits || place == Place::marks) return "must be an object";
    if (place == Place::root && key == "checkpoint") return "must be an object";
    if (key == "format") return "must be 1, the format this program reads";
    if (key == "step") return "must be a whole number from 0 to " + std::to_string(kMostSteps);
    if (key == "before" || (place == Place::root && (key == "edits" || key == "marks")))
      return "must be a list";
    return "must be a string";
  }

  bool scalar(const Scalar& value) {
    if (stack_.empty()) throw fail("must be a JSON object, not " + value.shown);
    next_item();
    const Place place = top().place;
    if (place == Place::before) return keep_before(value);
    if (is_list(place)) throw fail(path(key_) + " = " + value.shown + ": must be an object");
    if (place == Place::other || !is_known(key_)) return true;
    const InputError misfit = fail(path(key_) + " = " + value.shown + ": " + wanted(key_));
    if (key_ == "format" && value.whole != 1) throw misfit;
    if (key_ == "edits" || key_ == "marks" || key_ == "checkpoint" || key_ == "before") throw misfit;
    if (key_ == "step") {
      if (!value.whole || *value.whole < 0 || *value.whole > kMostSteps) throw misfit;
      (place == Place::edit   ? out_.edits.back().step
       : place == Place::mark ? out_.marks.back().step
                              : out_.step) = *value.whole;
    } else if (key_ != "format") {
      if (value.text == nullptr) throw misfit;
      if (place == Place::edit) keep(kEditTexts, *value.text, out_.edits.back());
      if (place == Place::mark) keep(kMarkTexts, *value.text, out_.marks.back());
      if (place == Place::checkpoint) keep(kCheckpointTexts, *value.text, out_);
      if (place == Place::root && key_ == "left_out") left_out_ = printable(*value.text);
      if (place == Place::root) keep(kTexts, *value.text, out_);
    }
    return true;
  }

  template <class Texts, class Owner>
  void keep(const Texts& texts, const std::string& text, Owner& owner) {
    const auto field = std::ranges::find_if(texts, [&](const auto& each) { return key_ == each.key; });
    if (field == texts.end()) return;
    if (text.size() > field->longest)
      throw fail(path(key_) + ": must be at most " + counted(field->longest, "bytes long"));
    if (text.find('\0') != std::string::npos) throw fail(path(key_) + ": must not hold a NUL");
    owner.*(field->member) = text;
  }
  bool keep_before(const Scalar& value) {
    if (value.text == nullptr) throw fail(path(key_) + " = " + value.shown + ": must be a string");
    if (value.text->size() > kLongestCheckpoint)
      throw fail(path(key_) + ": must be at most " + counted(kLongestCheckpoint, "bytes long"));
    out_.checkpoint_before.push_back(*value.text);
    return true;
  }

  void require(std::initializer_list<const char*> keys) {
    for (const char* key : keys)
      if (std::ranges::find(top().seen, key) == top().seen.end()) throw fail(path(key) + ": is missing");
  }
  void check_root() {
    require({"format"});
    if (left_out_)
      throw InputError("its " + *left_out_ +
                           " were left out, because a state string stays under 64 KiB; open the saved "
                           "session instead",
                       {file_});
    require({"step", "edits"});
    for (const auto& text : kTexts)
      if (text.required) require({text.key});
  }

  std::string_view text_;
  const std::string& file_;
  bool whole_;
  SessionFile out_;
  std::optional<std::string> left_out_;
  std::vector<Level> stack_;
  std::string key_;  // the last one read
};

}  // namespace

SessionFile read_session_file(std::string_view text, const std::string& file, bool whole) {
  Reader reader(text, file, whole);
  if (const std::size_t bad = invalid_utf8(text); bad < text.size())
    throw reader.fail("the text is not UTF-8", bad);
  // The parser would take a NUL byte for the end of the text.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos)
    throw reader.fail("a NUL byte stands in the text", nul);
  Json::sax_parse(text.begin(), text.end(), &reader);
  return reader.take();
}

}  // namespace iem
