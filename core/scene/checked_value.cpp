// Whether a value fits a parameter's description, and the message when it does not.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/scene/config.h"

namespace iem {
namespace {

std::string short_number(double value) {
  char buffer[40];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

// "must be greater than 0 and at most 1".
std::string range_text(const Parameter& p) {
  std::string out;
  if (std::isfinite(p.min)) out = (p.min_open ? "greater than " : "at least ") + short_number(p.min);
  if (std::isfinite(p.max))
    out += (out.empty() ? "" : " and ") + std::string(p.max_open ? "less than " : "at most ") +
           short_number(p.max);
  return "must be " + out;
}

bool in_range(const Parameter& p, double v) {
  return (p.min_open ? v > p.min : v >= p.min) && (p.max_open ? v < p.max : v <= p.max);
}

const char* kind_text(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::boolean: return "must be true or false";
    case ParameterKind::integer: return "must be a whole number";
    case ParameterKind::real: return "must be a number";
    case ParameterKind::choice:
    case ParameterKind::text: return "must be a string";
    case ParameterKind::choices: return "must be a list of strings";
    case ParameterKind::tensor: return "must be a list of numbers";
  }
  return "";
}

class Checker {
 public:
  Checker(const Parameter& parameter, const Value& value, const SourcePosition& at)
      : parameter_(parameter),
        shown_(to_toml(value)),
        at_(at) {
    if (shown_.size() > 60) shown_ = shown_.substr(0, 57) + "...";
  }

  Value check(Value value) const {
    switch (parameter_.kind) {
      case ParameterKind::boolean: return require<bool>(std::move(value));
      case ParameterKind::integer: return integer(std::move(value));
      case ParameterKind::real: return real(std::move(value));
      case ParameterKind::text: return require<std::string>(std::move(value));
      case ParameterKind::choice: return choice(std::move(value));
      case ParameterKind::choices: return choices(std::move(value));
      case ParameterKind::tensor: return tensor(std::move(value));
    }
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    throw InputError(parameter_.key + " = " + shown_ + ": " + message, at_);
  }

  template <class T>
  Value require(Value value) const {
    if (!std::holds_alternative<T>(value)) fail(kind_text(parameter_.kind));
    return value;
  }

  Value integer(Value value) const {
    value = require<std::int64_t>(std::move(value));
    if (!in_range(parameter_, static_cast<double>(std::get<std::int64_t>(value))))
      fail(range_text(parameter_));
    return value;
  }

  Value real(Value value) const {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) value = static_cast<double>(*whole);
    value = require<double>(std::move(value));
    const double v = std::get<double>(value);
    if (!std::isfinite(v)) fail("must be finite");
    if (!in_range(parameter_, v)) fail(range_text(parameter_));
    return value;
  }

  std::string not_a_choice(const std::string& word) const {
    std::string list;
    for (const std::string& choice : parameter_.choices) list += (list.empty() ? "" : ", ") + choice;
    const std::string near = nearest_word(word, parameter_.choices);
    return "must be one of " + list + (near.empty() ? "" : " (did you mean " + near + "?)");
  }

  bool known(const std::string& word) const {
    return std::find(parameter_.choices.begin(), parameter_.choices.end(), word) != parameter_.choices.end();
  }

  Value choice(Value value) const {
    value = require<std::string>(std::move(value));
    const auto& word = std::get<std::string>(value);
    if (!known(word)) fail(not_a_choice(word));
    return value;
  }

  Value choices(Value value) const {
    // An empty list reads as an empty tensor: nothing tells them apart in TOML.
    if (const auto* empty = std::get_if<Tensor>(&value); empty && empty->data.empty())
      value = std::vector<std::string>{};
    value = require<std::vector<std::string>>(std::move(value));
    const auto& words = std::get<std::vector<std::string>>(value);
    for (const std::string& word : words) {
      if (!known(word)) fail(not_a_choice(word));
      if (std::count(words.begin(), words.end(), word) > 1) fail("names " + word + " twice");
    }
    return value;
  }

  Value tensor(Value value) const {
    value = require<Tensor>(std::move(value));
    const auto& given = std::get<Tensor>(value);
    const auto& wanted = parameter_.shape;
    if (given.data.empty() && parameter_.fallback == Value(Tensor{})) return Tensor{};  // "not given"
    bool fits = given.shape.size() == wanted.size();
    for (std::size_t i = 0; fits && i < wanted.size(); ++i)
      fits = wanted[i] < 0 || wanted[i] == given.shape[i];
    if (!fits) fail("has shape " + shape_text(given.shape) + ": must be " + shape_text(wanted));
    for (double v : given.data) {
      if (!std::isfinite(v)) fail("must be finite");
      if (!in_range(parameter_, v)) fail(range_text(parameter_));
    }
    return value;
  }

  const Parameter& parameter_;
  std::string shown_;
  const SourcePosition& at_;
};

}  // namespace

Value checked_value(const Parameter& parameter, Value value, const SourcePosition& at) {
  const Checker checker(parameter, value, at);
  return checker.check(std::move(value));
}

// Levenshtein distance, two rows at a time.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known) {
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (const std::string& candidate : known) {
    std::vector<std::size_t> row(candidate.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= word.size(); ++i) {
      std::size_t diagonal = row[0];
      row[0] = i;
      for (std::size_t j = 1; j < row.size(); ++j) {
        const std::size_t above = row[j];
        const std::size_t swap = diagonal + (word[i - 1] == candidate[j - 1] ? 0 : 1);
        row[j] = std::min({row[j] + 1, row[j - 1] + 1, swap});
        diagonal = above;
      }
    }
    if (row.back() < best_distance) {
      best_distance = row.back();
      best = candidate;
    }
  }
  return best;
}

}  // namespace iem
