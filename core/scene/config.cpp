#include "core/scene/config.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"
#include "core/base/hash.h"

namespace iem {

ParameterTable::ParameterTable(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    const bool fresh = index_.emplace(parameters_[i].key, i).second;
    IEM_CHECK(fresh);  // a key declared twice
  }
}

const Parameter* ParameterTable::find(std::string_view key) const {
  const auto it = index_.find(key);
  return it == index_.end() ? nullptr : &parameters_[it->second];
}

Config::Config(std::string lab, std::shared_ptr<const ParameterTable> table)
    : lab_(std::move(lab)),
      table_(std::move(table)) {}

const Parameter& Config::description(std::string_view key) const {
  const Parameter* parameter = table_->find(key);
  IEM_CHECK(parameter != nullptr);
  return *parameter;
}

const Value& Config::value(std::string_view key) const {
  const auto it = values_.find(key);
  return it != values_.end() ? it->second.value : description(key).fallback;
}

namespace {

template <class T>
const T& as(const Value& value) {
  const T* typed = std::get_if<T>(&value);
  IEM_CHECK(typed != nullptr);
  return *typed;
}

}  // namespace

bool Config::flag(std::string_view key) const { return as<bool>(value(key)); }
std::int64_t Config::integer(std::string_view key) const { return as<std::int64_t>(value(key)); }
double Config::real(std::string_view key) const { return as<double>(value(key)); }
const std::string& Config::text(std::string_view key) const { return as<std::string>(value(key)); }
const std::vector<std::string>& Config::list(std::string_view key) const {
  return as<std::vector<std::string>>(value(key));
}
const Tensor& Config::tensor(std::string_view key) const { return as<Tensor>(value(key)); }

SourcePosition Config::position(std::string_view key) const {
  const auto it = values_.find(key);
  return it == values_.end() ? SourcePosition{} : it->second.at;
}

void Config::set(const std::string& key, Value value, SourcePosition at) {
  const Parameter* parameter = table_->find(key);
  if (!parameter) {
    std::vector<std::string> known;
    for (const Parameter& p : table_->all()) known.push_back(p.key);
    const std::string near = nearest_word(key, known);
    throw InputError(key + ": unknown key" + (near.empty() ? "" : ", did you mean " + near + "?"), at);
  }
  Value checked = checked_value(*parameter, std::move(value), at);
  values_.insert_or_assign(key, Entry{std::move(checked), std::move(at)});
}

void Config::reset(std::string_view key) {
  const auto it = values_.find(key);
  if (it != values_.end()) values_.erase(it);
}

std::vector<std::string> Config::keys() const {
  std::vector<std::string> out;
  for (const auto& [key, entry] : values_) out.push_back(key);
  return out;
}

InputError Config::error(std::string_view key, const std::string& message) const {
  std::string shown = to_toml(value(key));
  if (shown.size() > 40) shown = shown.substr(0, 37) + "...";
  return InputError(std::string(key) + " = " + shown + ": " + message, position(key));
}

std::string Config::unavailable_reason(std::string_view key) const {
  const Parameter& parameter = description(key);
  return parameter.unavailable ? parameter.unavailable(*this) : "";
}

std::uint64_t Config::revision() const {
  Hash hash;
  for (const auto& [key, entry] : values_) {
    hash.add(key);
    hash.add(to_toml(entry.value));
  }
  return hash.value();
}

bool Config::operator==(const Config& other) const {
  if (lab_ != other.lab_) return false;
  return std::equal(
      values_.begin(), values_.end(), other.values_.begin(), other.values_.end(),
      [](const auto& a, const auto& b) { return a.first == b.first && a.second.value == b.second.value; });
}

}  // namespace iem
