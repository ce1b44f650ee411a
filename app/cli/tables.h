// The tables that `run`, `sweep` and `compare` write.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/cli/outputs.h"
#include "core/data/table_column.h"
#include "core/labs/kit/lab.h"

namespace iem::cli {

// 17 significant digits, whatever the locale; "nan" for what is not defined.
std::string exact(double value);

// Of the last state by id: the model's own, and the lab's that tables show or that only a last state has.
nlohmann::ordered_json metrics_json(const Run& run);
// `about` is the run's record (core/session/run_record.h).
std::string state_json(const Run& run, const nlohmann::ordered_json& about);
// Written part by part as it is made, with its description; throws InputError: io, or bad_input where there
// is nothing to write.
void write_dump(const std::string& path, const Dump& dump, const nlohmann::ordered_json& about);

// Throws InputError for a --table that is neither .csv nor .tex, unless it goes through a stream.
void require_table_name(const std::string& table);

// The columns of a trace: step, loss and gradient norm; the model's own metrics `ids`; identity_error; and
// the lab's `lab_ids`.
std::vector<TableColumn> loss_columns(const Setup& setup);
std::vector<TableColumn> metric_columns(const Setup& setup, const std::vector<std::string>& ids);
// The header and description of a setting: what the parameter is called.
TableColumn setting_column(const ParameterTable& table, const std::string& key);

// Those of `ids` that are not yet in `all`, behind the others.
void add_missing_ids(const std::vector<std::string>& ids, std::vector<std::string>& all);

// Characters, for aligning columns of text.
std::size_t width_of(const std::string& utf8);
std::string padded(const std::string& utf8, std::size_t width);

}  // namespace iem::cli
