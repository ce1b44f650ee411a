#include "core/config/toml_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "core/base/read_number.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

constexpr int kMostParts = 32;
constexpr std::size_t kMostValues = 500'000;  // keys, values and lists outside long lists
constexpr std::size_t kLong = 64 << 10;       // bytes; a shorter list is the parser's
constexpr std::size_t kWidestGap = 4096;

// The end of the string that begins at `start`, one past its closing quotes (or the end of the text).
std::size_t end_of_string(std::string_view text, std::size_t start) {
  const char quote = text[start];
  const bool long_form = text.substr(start, 3) == std::string(3, quote);
  const std::string close(long_form ? 3 : 1, quote);
  std::size_t i = start + close.size();
  while (i < text.size()) {
    if (quote == '"' && text[i] == '\\') {
      i += 2;
    } else if (text.substr(i, close.size()) == close) {
      i += close.size();
      // Up to two quotes before the closing ones are text.
      for (int more = 0; long_form && more < 2 && i < text.size() && text[i] == quote; ++more) ++i;
      return i;
    } else if (!long_form && text[i] == '\n') {
      return i;
    } else {
      ++i;
    }
  }
  return text.size();
}

// Reads a list of numbers, or of lists of numbers, of one shape: TOML's syntax of decimal numbers and
// nothing else.
class ListReader {
 public:
  ListReader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }  // one past the closing bracket, or where it stopped
  Tensor take() { return std::move(list_); }

  bool read() {
    do {
      blanks();
      if (at_ >= text_.size()) return false;
      const char c = text_[at_];
      const bool good = c == '[' ? open() : c == ']' ? close() : after_comma_ && number();
      if (!good) return false;
    } while (!counts_.empty());
    return true;
  }

 private:
  void blanks() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '#')
        at_ = std::min(text_.find('\n', at_), text_.size());
      else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
        ++at_;
      else
        return;
    }
  }

  bool open() {
    constexpr std::size_t kDeepest = 8;
    if (!after_comma_ || counts_.size() == kDeepest) return false;
    if (leaf_ > 0 && counts_.size() == leaf_) return false;  // a list where a number stands before
    if (!counts_.empty()) ++counts_.back();
    counts_.push_back(0);
    ++at_;
    return true;
  }

  // The first list that ends at a depth fixes the length of all lists at that depth.
  bool close() {
    const std::size_t axis = counts_.size() - 1;
    if (counts_.back() == 0) return false;
    auto& shape = list_.shape;
    if (shape.size() <= axis) shape.resize(axis + 1, -1);
    if (shape[axis] >= 0 && shape[axis] != counts_.back()) return false;
    shape[axis] = counts_.back();
    counts_.pop_back();
    ++at_;
    return counts_.empty() || comma();
  }

  // Reads the comma before the next value, or nothing before a closing bracket.
  bool comma() {
    blanks();
    after_comma_ = at_ < text_.size() && text_[at_] == ',';
    if (after_comma_) ++at_;
    return after_comma_ || (at_ < text_.size() && text_[at_] == ']');
  }

  bool number() {
    if (leaf_ == 0) leaf_ = counts_.size();
    if (counts_.size() != leaf_) return false;
    const std::size_t end = std::min(text_.find_first_of(" \t\r\n,]#", at_), text_.size());
    const std::optional<double> value = parsed(text_.substr(at_, end - at_));
    if (!value) return false;
    list_.data.push_back(*value);
    ++counts_.back();
    at_ = end;
    return comma();
  }

  static bool is_digit(char c) { return c >= '0' && c <= '9'; }

  static std::optional<double> parsed(std::string_view token) {
    if (token.starts_with('+')) token.remove_prefix(1);
    const std::string_view digits = token.substr(token.starts_with('-') ? 1 : 0);
    if (digits.empty() || !is_digit(digits[0])) return {};
    if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) return {};
    const std::size_t dot = digits.find('.');
    const bool flanked =
        dot == std::string_view::npos || (dot + 1 < digits.size() && is_digit(digits[dot + 1]));
    if (!flanked) return {};
    const char *begin = token.data(), *end = begin + token.size();
    if (token.find_first_of(".eE") == std::string_view::npos) {
      std::int64_t whole = 0;
      const auto result = std::from_chars(begin, end, whole);
      if (result.ec != std::errc() || result.ptr != end) return {};
      return static_cast<double>(whole);
    }
    double real = 0;
    const auto result = read_number(begin, end, real);
    if (result.ec != std::errc() || result.ptr != end) return {};
    return real;
  }

  std::string_view text_;
  std::size_t at_;
  Tensor list_;
  std::vector<std::int64_t> counts_;  // of each open list, what stands in it so far
  std::size_t leaf_ = 0;              // how deep numbers lie; 0: none yet
  bool after_comma_ = true;           // or after an opening bracket: a value may follow
};

class Preparer {
 public:
  Preparer(std::string_view text, const std::string& file)
      : text_(text),
        file_(file),
        line_start_(text.starts_with(kUtf8Bom) ? kUtf8Bom.size() : 0) {}

  TomlText prepare() {
    while (at_ < text_.size()) step();
    if (!out_.lists.empty()) out_.text += text_.substr(copied_);
    return std::move(out_);
  }

 private:
  SourcePosition place(std::size_t at) {
    for (; counted_ < at; ++counted_)
      if (text_[counted_] == '\n') {
        ++line_;
        line_start_ = counted_ + 1;
      }
    const auto letters = std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(line_start_),
                                       text_.begin() + static_cast<std::ptrdiff_t>(at),
                                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    return {file_, line_, static_cast<int>(letters) + 1};
  }

  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') {
      at_ = end_of_string(text_, at_);
      after_equals_ = false;
      return;
    }
    if (c == '#') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return;
    }
    if (c == '[' && after_equals_ && take_list()) return;
    count(c);
    if (c != ' ' && c != '\t') after_equals_ = c == '=';
    ++at_;
  }

  void count(char c) {
    if (c == '.' && ++dots_ >= kMostParts) throw InputError("a key of more than 32 parts", place(at_));
    const bool begins = c == '=' || c == ',' || c == '[' || c == '{';
    if (begins || c == '\n') dots_ = 0;
    if (begins && ++values_ > kMostValues)
      throw InputError("more than " + std::to_string(kMostValues) + " keys and values: too many for a scene",
                       place(at_));
  }

  // The list that begins here, if it is a long one.
  bool take_list() {
    ListReader reader(text_, at_);
    const bool good = reader.read();
    if (reader.at() - at_ < kLong) return false;
    if (!good)
      throw InputError("in a long list: no number and no list like those before", place(reader.at()));
    out_.lists.push_back({place(at_), reader.take()});
    out_.text += text_.substr(copied_, at_ + 1 - copied_);
    const std::string_view inside = text_.substr(at_ + 1, reader.at() - at_ - 2);
    out_.text.append(static_cast<std::size_t>(std::ranges::count(inside, '\n')), '\n');
    // Blanks keep what follows the list on its last line in the same column, for error messages.
    const std::size_t last = inside.rfind('\n') == std::string_view::npos ? 0 : inside.rfind('\n') + 1;
    out_.text.append(std::min(inside.size() - last, kWidestGap), ' ');
    at_ = copied_ = reader.at() - 1;
    after_equals_ = false;
    return true;
  }

  std::string_view text_;
  const std::string& file_;
  TomlText out_;
  std::size_t at_ = 0, copied_ = 0, values_ = 0;
  int dots_ = 0;
  bool after_equals_ = false;
  // How far lines are counted.
  std::size_t counted_ = 0, line_start_;
  int line_ = 1;
};

}  // namespace

TomlText prepare_toml(std::string_view text, const std::string& file) {
  return Preparer(text, file).prepare();
}

}  // namespace iem
