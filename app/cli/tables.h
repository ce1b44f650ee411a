// The tables that `run`, `sweep` and `compare` write.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/outputs.h"
#include "core/labs/kit/lab.h"

namespace iem::cli {

// 17 significant digits, whatever the locale; "nan" for what is not defined.
std::string exact(double value);

nlohmann::ordered_json to_json(const Value& value);

std::string state_json(const Run& run);
// Written part by part as it is made; throws InputError: io, or bad_input where there is nothing to write.
void write_dump(const std::string& path, const Dump& dump);

// Those of `ids` that are not yet in `all`, behind the others.
void add_missing_ids(const std::vector<std::string>& ids, std::vector<std::string>& all);

// Characters, for aligning columns of text.
std::size_t width_of(const std::string& utf8);
std::string padded(const std::string& utf8, std::size_t width);

}  // namespace iem::cli
