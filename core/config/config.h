// A complete configuration: every key of a lab with its value, and where in a file it was set. A plain value.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/config/parameter.h"
#include "core/config/value.h"

namespace iem {

// The keys a lab understands, in panel order. Shared by all configurations of the lab.
class ParameterTable {
 public:
  explicit ParameterTable(std::vector<Parameter> parameters);
  const std::vector<Parameter>& all() const { return parameters_; }
  const Parameter* find(std::string_view key) const;  // null when unknown
  // The key meant by an unknown one, for "did you mean": "learning_rte" is "optimizer.learning_rate"; may be
  // empty.
  std::string nearest(std::string_view key) const;
  // The first key of the table of this name: "model.components" of "model"; null when there is none.
  const Parameter* first_in(std::string_view table) const;

 private:
  std::vector<Parameter> parameters_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

// The keys above the tables of a scene file: its format and lab, and words about it. They are no settings.
const std::vector<std::string>& head_keys();

class Config {
 public:
  Config(std::string lab, std::shared_ptr<const ParameterTable> table);

  const std::string& lab() const { return lab_; }
  const ParameterTable& table() const { return *table_; }
  std::shared_ptr<const ParameterTable> shared_table() const { return table_; }

  // The value, or the default. Asking for a key the lab does not have, or for the wrong type, is a
  // programming error.
  const Value& value(std::string_view key) const;
  bool flag(std::string_view key) const;
  std::int64_t integer(std::string_view key) const;
  double real(std::string_view key) const;
  const std::string& text(std::string_view key) const;  // kinds choice and text
  const std::vector<std::string>& list(std::string_view key) const;
  const Tensor& tensor(std::string_view key) const;  // shape {} and no data when not given

  bool is_set(std::string_view key) const { return values_.contains(key); }
  // The value that the key has in this configuration when it is not set.
  const Value& default_value(std::string_view key) const;
  // Where the key was set, for messages. For a default it is the file alone, and for a value from a widget
  // nothing.
  SourcePosition position(std::string_view key) const;
  // That of the first of these keys that is set, else the file: for a fault of a key that is at its default
  // because of another.
  SourcePosition position_of_set(std::initializer_list<std::string_view> keys) const;
  // Names the file that this configuration was read from: the position of the keys it does not set.
  void come_from(std::string file) { file_ = std::move(file); }
  // From now on the position of every key, set or not, is the file `whole` without line and column: for
  // scenes whose text is inside another file.
  void forget_places(const std::string& whole);

  // Checks kind, range, choices and shape against the table, converts integers to reals where a real is
  // meant, and stores the value. If it does not fit, throws InputError (naming key, value and what is
  // allowed) and changes nothing.
  void set(const std::string& key, Value value, SourcePosition at = {});
  void reset(std::string_view key);  // back to the default

  // The explicitly set keys, in key order.
  std::vector<std::string> keys() const;

  // An error about a key, at the place where it was set: "FILE:LINE:COL: model.nu = -1: must be greater than
  // 0".
  InputError error(std::string_view key, const std::string& message) const;

  // One sentence on why a key has no effect in this configuration; empty when it has.
  std::string unavailable_reason(std::string_view key) const;

  std::uint64_t revision() const;  // hash over everything set
  bool operator==(const Config& other) const;

 private:
  struct Entry {
    std::shared_ptr<const Value> value;  // shared by copies: it may be a million points
    SourcePosition at;
  };
  const Parameter& description(std::string_view key) const;
  std::string lab_;
  std::shared_ptr<const ParameterTable> table_;
  std::string file_;
  std::map<std::string, Entry, std::less<>> values_;
};

// The value in the form the parameter stores, or an InputError at `at`. An empty list for a tensor that may
// be absent means "not given".
Value checked_value(const Parameter& parameter, Value value, const SourcePosition& at);

// An error that names key, value and what is wrong with it: "model.nu = -1: must be greater than 0".
InputError value_error(std::string_view key, const Value& value, const std::string& message,
                       const SourcePosition& at);

// The nearest known word within a small edit distance, for "did you mean"; empty when none is near.
std::string nearest_word(std::string_view word, const std::vector<std::string>& known);

}  // namespace iem
