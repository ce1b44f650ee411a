#include "core/config/config.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/base/hash.h"
#include "core/base/utf8.h"

namespace iem {
namespace {

bool fits_kind(ParameterKind kind, const Value& value) {
  switch (kind) {
    case ParameterKind::boolean: return std::holds_alternative<bool>(value);
    case ParameterKind::integer: return std::holds_alternative<std::int64_t>(value);
    case ParameterKind::real: return std::holds_alternative<double>(value);
    case ParameterKind::choice:
    case ParameterKind::text:
    case ParameterKind::column: return std::holds_alternative<std::string>(value);
    case ParameterKind::columns:
    case ParameterKind::choices: return std::holds_alternative<std::vector<std::string>>(value);
    case ParameterKind::tensor: return std::holds_alternative<Tensor>(value);
  }
  return false;
}

void add_to(Hash& hash, const Value& value) {
  hash.add(static_cast<std::uint64_t>(value.index()));
  if (const auto* flag = std::get_if<bool>(&value)) hash.add(static_cast<std::uint64_t>(*flag));
  if (const auto* number = std::get_if<std::int64_t>(&value)) hash.add(*number);
  if (const auto* number = std::get_if<double>(&value)) hash.add(*number);
  if (const auto* text = std::get_if<std::string>(&value)) hash.add(*text);
  if (const auto* words = std::get_if<std::vector<std::string>>(&value)) {
    hash.add(static_cast<std::uint64_t>(words->size()));
    for (const auto& word : *words) hash.add(word);
  }
  if (const auto* tensor = std::get_if<Tensor>(&value)) {
    hash.add(static_cast<std::uint64_t>(tensor->shape.size()));
    for (const auto length : tensor->shape) hash.add(length);
    hash.add(std::span<const double>(tensor->data));
  }
}

std::string_view last_part(std::string_view key) { return key.substr(key.rfind('.') + 1); }

}  // namespace

ParameterTable::ParameterTable(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    Parameter& parameter = parameters_[i];
    // Declarations may write 1 for 1.0.
    if (const auto* number = std::get_if<std::int64_t>(&parameter.default_value);
        number != nullptr && parameter.kind == ParameterKind::real)
      parameter.default_value = static_cast<double>(*number);
    IEM_CHECK(fits_kind(parameter.kind, parameter.default_value));
    const bool inserted = index_.emplace(parameter.key, i).second;
    IEM_CHECK(inserted);
  }
}

const Parameter* ParameterTable::find(std::string_view key) const {
  const auto found = index_.find(key);
  return found == index_.end() ? nullptr : &parameters_[found->second];
}

std::string ParameterTable::nearest(std::string_view key) const {
  std::vector<std::string> keys, names;
  for (const auto& parameter : parameters_) {
    keys.push_back(parameter.key);
    names.emplace_back(last_part(parameter.key));
  }
  // All keys of one table share its name and are near one another by that alone, so the part behind the dot
  // must be near as well.
  const std::string whole = nearest_word(key, keys);
  if (!whole.empty() && !nearest_word(last_part(key), {std::string(last_part(whole))}).empty()) return whole;
  const std::string name = nearest_word(last_part(key), names);
  if (name.empty()) return {};
  return keys[static_cast<std::size_t>(std::ranges::find(names, name) - names.begin())];
}

const Parameter* ParameterTable::first_in(std::string_view table) const {
  const std::string begins = std::string(table) + ".";
  const auto found =
      std::ranges::find_if(parameters_, [&](const Parameter& p) { return p.key.starts_with(begins); });
  return found == parameters_.end() ? nullptr : &*found;
}

const std::vector<std::string>& head_keys() {
  static const std::vector<std::string> keys = {"format",   "lab",        "title", "description",
                                                "look_for", "conditions", "name"};
  return keys;
}

namespace {

// Why a key that the lab does not have cannot be set.
std::string why_unknown(const ParameterTable& table, const std::string& key) {
  if (key == "format" || key == "lab") return key + ": cannot be set: it says what the scene is";
  if (std::ranges::find(head_keys(), key) != head_keys().end())
    return key + ": can only be set in the scene's file";
  if (const Parameter* first = table.first_in(key))
    return key + ": must be a table of keys, such as " + first->key;
  const std::string near = table.nearest(key);
  return "unknown key " + printable(key) + (near.empty() ? "" : "; did you mean " + near + "?");
}

}  // namespace

Config::Config(std::string lab, std::shared_ptr<const ParameterTable> table)
    : lab_(std::move(lab)),
      table_(std::move(table)) {
  IEM_CHECK(table_ != nullptr);
}

const Parameter& Config::description(std::string_view key) const {
  const Parameter* parameter = table_->find(key);
  IEM_CHECK(parameter != nullptr);
  return *parameter;
}

const Value& Config::value(std::string_view key) const {
  const auto found = values_.find(key);
  return found != values_.end() ? *found->second.value : default_value(key);
}

const Value& Config::default_value(std::string_view key) const {
  const Parameter& parameter = description(key);
  const Value* here = parameter.default_in ? parameter.default_in(*this) : nullptr;
  return here ? *here : parameter.default_value;
}

namespace {
template <class T>
const T& value_as(const Value& value) {
  const T* held_value = std::get_if<T>(&value);
  IEM_CHECK(held_value != nullptr);
  return *held_value;
}
}  // namespace

bool Config::flag(std::string_view key) const { return value_as<bool>(value(key)); }
std::int64_t Config::integer(std::string_view key) const { return value_as<std::int64_t>(value(key)); }
double Config::real(std::string_view key) const { return value_as<double>(value(key)); }
const std::string& Config::text(std::string_view key) const { return value_as<std::string>(value(key)); }
const Tensor& Config::tensor(std::string_view key) const { return value_as<Tensor>(value(key)); }
const std::vector<std::string>& Config::list(std::string_view key) const {
  return value_as<std::vector<std::string>>(value(key));
}

SourcePosition Config::position(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? SourcePosition{file_} : found->second.at;
}

SourcePosition Config::position_of_set(std::initializer_list<std::string_view> keys) const {
  const auto* found = std::ranges::find_if(keys, [&](std::string_view key) { return is_set(key); });
  return found == keys.end() ? SourcePosition{file_} : position(*found);
}

void Config::forget_places(const std::string& whole) {
  file_ = whole;
  for (auto& [key, entry] : values_) entry.at = {whole};
}

void Config::set(const std::string& key, Value value, SourcePosition at) {
  const Parameter* parameter = table_->find(key);
  if (parameter == nullptr) throw InputError(why_unknown(*table_, key), at);
  Value checked = checked_value(*parameter, std::move(value), at);
  values_.insert_or_assign(key, Entry{std::make_shared<const Value>(std::move(checked)), std::move(at)});
}

void Config::reset(std::string_view key) {
  if (const auto found = values_.find(key); found != values_.end()) values_.erase(found);
}

std::vector<std::string> Config::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, entry] : values_) out.push_back(key);
  return out;
}

InputError Config::error(std::string_view key, const std::string& message) const {
  return value_error(key, value(key), message, position(key));
}

std::string Config::unavailable_reason(std::string_view key) const {
  const Parameter& parameter = description(key);
  return parameter.unavailable ? parameter.unavailable(*this) : std::string{};
}

std::uint64_t Config::revision() const {
  Hash hash;
  hash.add(lab_);
  for (const auto& [key, entry] : values_) {
    hash.add(key);
    add_to(hash, *entry.value);
  }
  return hash.value();
}

bool Config::operator==(const Config& other) const {
  const auto same = [](const auto& a, const auto& b) {
    return a.first == b.first && (a.second.value == b.second.value || *a.second.value == *b.second.value);
  };
  return lab_ == other.lab_ && std::ranges::equal(values_, other.values_, same);
}

}  // namespace iem
