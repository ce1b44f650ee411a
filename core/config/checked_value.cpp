// Whether a value fits the description of its key. Every value, from a scene, --set, a widget or a session,
// is checked here.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include "core/base/utf8.h"
#include "core/base/words.h"
#include "core/config/config.h"

namespace iem {

std::vector<std::string> Parameter::advised_choices() const {
  std::vector<std::string> out = choices;
  std::erase_if(out, [&](const std::string& id) {
    return std::ranges::find(foreign_choices, id) != foreign_choices.end();
  });
  return out;
}

namespace {

// The limit as a person writes it: 1 and 1000000, not 1.0 and 1e+06.
std::string limit_text(double limit) {
  char buffer[32];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, limit,
                    std::abs(limit) >= 1e-4 && std::abs(limit) < 1e16 ? std::chars_format::fixed
                                                                      : std::chars_format::general);
  return limit == 0 ? "0" : std::string(buffer, end.ptr);
}

std::string range_text(const Parameter& p) {
  const bool has_min = std::isfinite(p.min), has_max = std::isfinite(p.max);
  const std::string min = limit_text(p.min), max = limit_text(p.max);
  if (has_min && has_max && !p.min_open && !p.max_open)
    return p.min == p.max ? "must be " + min : "must be from " + min + " to " + max;
  std::string out;
  if (has_min) out = (p.min_open ? "greater than " : "at least ") + min;
  if (has_max)
    out += (out.empty() ? "" : " and ") + std::string(p.max_open ? "less than " : "at most ") + max;
  return "must be " + out;
}

bool in_range(const Parameter& p, double number) {
  return (p.min_open ? number > p.min : number >= p.min) && (p.max_open ? number < p.max : number <= p.max);
}

// The limits of integer keys lie within 2^53, but a given number need not. The two are compared as integers,
// so that 2^53 + 1 is not rounded to 2^53 and accepted.
bool in_range(const Parameter& p, std::int64_t number) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (number > kExact && std::isfinite(p.max)) return false;
  if (number < -kExact && std::isfinite(p.min)) return false;
  return in_range(p, static_cast<double>(number));
}

std::string choice_misfit(const Parameter& p, const std::string& word) {
  if (std::ranges::find(p.choices, word) != p.choices.end()) return {};
  const std::vector<std::string> advised = p.advised_choices();
  const std::string near = nearest_word(word, advised);
  return "must be one of " + joined(advised) + (near.empty() ? "" : "; did you mean " + near + "?");
}

std::string choices_misfit(const Parameter& p, const std::vector<std::string>& words) {
  std::set<std::string> seen;
  for (const auto& word : words) {
    if (p.choices.empty() && (word.empty() || invalid_utf8(word) != word.size()))
      return "every one must be a word in UTF-8";
    if (!p.choices.empty() && std::ranges::find(p.choices, word) == p.choices.end()) {
      const std::string near = nearest_word(word, p.choices);
      return "\"" + printable(word) + "\" is not one of " + joined(p.choices) +
             (near.empty() ? "" : "; did you mean " + near + "?");
    }
    if (!seen.insert(word).second) return "\"" + printable(word) + "\" is given twice";
  }
  return {};
}

bool shape_fits(const std::vector<std::int64_t>& wanted, const std::vector<std::int64_t>& given) {
  return std::ranges::equal(wanted, given,
                            [](std::int64_t want, std::int64_t have) { return want < 0 || want == have; });
}

std::string tensor_misfit(const Parameter& p, const Tensor& tensor) {
  if (!p.shape.empty() && !shape_fits(p.shape, tensor.shape)) {
    const auto given = tensor.data.empty() ? std::string("empty") : "of shape " + shape_text(tensor.shape);
    return "is " + given + ", must be of shape " + shape_text(p.shape);
  }
  for (const double number : tensor.data) {
    if (!std::isfinite(number)) return "every number must be finite";
    if (!in_range(p, number)) return "contains " + limit_text(number) + ": every number " + range_text(p);
  }
  return {};
}

bool is_column_number(double number) {
  constexpr double kMost = 1e9;
  return number >= 1 && number <= kMost && std::floor(number) == number;
}

bool is_column(const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value))
    return is_column_number(static_cast<double>(*number));
  const auto* name = std::get_if<std::string>(&value);
  return name && invalid_utf8(*name) == name->size();
}

bool are_columns(const Value& value) {
  if (const auto* numbers = std::get_if<Tensor>(&value))
    return numbers->shape.size() == 1 && std::ranges::all_of(numbers->data, is_column_number);
  const auto* names = std::get_if<std::vector<std::string>>(&value);
  return names && std::ranges::all_of(*names, [](const std::string& name) {
           return !name.empty() && invalid_utf8(name) == name.size();
         });
}

std::string wrong_type(const Parameter& p) {
  switch (p.kind) {
    case ParameterKind::boolean: return "must be true or false";
    case ParameterKind::integer: return "must be an integer";
    case ParameterKind::real: return "must be a number";
    case ParameterKind::choice: return "must be a string, one of " + joined(p.advised_choices());
    case ParameterKind::choices:
      return "must be a list of strings" + (p.choices.empty() ? "" : " out of " + joined(p.choices));
    case ParameterKind::text: return "must be a string";
    case ParameterKind::tensor:
      return "must be a list of numbers" + (p.shape.empty() ? "" : " of shape " + shape_text(p.shape));
    case ParameterKind::column: return "must be the name of a column, or its number from 1";
    case ParameterKind::columns: return "must be a list of the names of columns, or of their numbers from 1";
  }
  return {};
}

// The neighbouring type where nothing is lost: an integer for a real, a number for a list of one, an empty
// list for either kind of list.
// Nothing: the value is as it should be.
std::optional<Value> adapted(const Parameter& p, const Value& value) {
  if (p.kind == ParameterKind::real)
    if (const auto* number = std::get_if<std::int64_t>(&value)) return Value(static_cast<double>(*number));
  if (p.kind == ParameterKind::columns) {
    if (const auto* name = std::get_if<std::string>(&value)) return Value(std::vector<std::string>{*name});
    if (const auto* number = std::get_if<std::int64_t>(&value))
      return Value(Tensor{{1}, {static_cast<double>(*number)}});
  }
  if (p.kind == ParameterKind::tensor && p.shape == std::vector<std::int64_t>{1}) {
    if (const auto* number = std::get_if<double>(&value)) return Value(Tensor{{1}, {*number}});
    if (const auto* number = std::get_if<std::int64_t>(&value))
      return Value(Tensor{{1}, {static_cast<double>(*number)}});
  }
  const auto* tensor = std::get_if<Tensor>(&value);
  const auto* words = std::get_if<std::vector<std::string>>(&value);
  const bool empty = (tensor != nullptr && tensor->data.empty()) || (words != nullptr && words->empty());
  if (!empty) return {};
  if (p.kind == ParameterKind::choices || p.kind == ParameterKind::columns)
    return Value(std::vector<std::string>{});
  if (p.kind == ParameterKind::tensor) return Value(Tensor{});
  return {};
}

std::string misfit(const Parameter& p, const Value& value) {
  switch (p.kind) {
    case ParameterKind::boolean:
      if (std::holds_alternative<bool>(value)) return {};
      break;
    case ParameterKind::integer:
      if (const auto* number = std::get_if<std::int64_t>(&value))
        return in_range(p, *number) ? "" : range_text(p);
      break;
    case ParameterKind::real:
      if (const auto* number = std::get_if<double>(&value)) {
        if (!std::isfinite(*number)) return "must be finite";
        return in_range(p, *number) ? "" : range_text(p);
      }
      break;
    case ParameterKind::choice:
      if (const auto* word = std::get_if<std::string>(&value)) return choice_misfit(p, *word);
      break;
    case ParameterKind::choices:
      if (const auto* words = std::get_if<std::vector<std::string>>(&value)) return choices_misfit(p, *words);
      break;
    case ParameterKind::text:
      if (const auto* text = std::get_if<std::string>(&value))
        return invalid_utf8(*text) == text->size() ? "" : "must be UTF-8";
      break;
    case ParameterKind::tensor:
      if (const auto* tensor = std::get_if<Tensor>(&value)) {
        const bool absent = tensor->data.empty() && std::get<Tensor>(p.default_value).data.empty();
        return absent ? "" : tensor_misfit(p, *tensor);
      }
      break;
    case ParameterKind::column:
      if (is_column(value)) return {};
      break;
    case ParameterKind::columns:
      if (are_columns(value)) return {};
      break;
  }
  return wrong_type(p);
}

}  // namespace

InputError value_error(std::string_view key, const Value& value, const std::string& message,
                       const SourcePosition& at) {
  return InputError(std::string(key) + " = " + quoted_value(value) + ": " + message, at);
}

Value checked_value(const Parameter& parameter, Value value, const SourcePosition& at) {
  std::optional<Value> other = adapted(parameter, value);
  Value& stored = other ? *other : value;
  std::string reason = misfit(parameter, stored);
  if (reason.empty() && parameter.misfit) reason = parameter.misfit(stored);
  if (!reason.empty()) throw value_error(parameter.key, value, reason, at);
  return std::move(stored);
}

}  // namespace iem
