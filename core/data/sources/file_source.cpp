// Points from a file: data.path, relative to the scene's folder, or builtin:NAME; and the pictures that the
// program has.
#include <filesystem>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/data/sources/sources.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

// "Old faithful" for "data/old_faithful.csv".
std::string title_of(const std::string& path) {
  std::string out = std::filesystem::path(path.substr(path.starts_with("builtin:") ? 8 : 0)).stem().string();
  for (char& c : out)
    if (c == '_') c = ' ';
  return capitalised(std::move(out));
}

ColumnName column_name(const Value& value) {
  if (const auto* name = std::get_if<std::string>(&value)) return {*name, 0};
  return {"", static_cast<std::size_t>(std::get<std::int64_t>(value))};
}

// How many columns are coordinates: as many as the lab's points have, or, where the lab takes any number, as
// many as are named.
int width_of(const Config& config, std::size_t named) {
  if (config.table().find("data.points")->shape.back() >= 0 || named == 0) return point_width(config);
  if (named == 1 || named > kMostCoordinates)
    throw config.error("data.columns", "must name 2 to " + std::to_string(kMostCoordinates) + " columns");
  return static_cast<int>(named);
}

TableRequest request_of(const Config& config) {
  TableRequest out;
  const Value& columns = config.value("data.columns");
  if (const auto* names = std::get_if<std::vector<std::string>>(&columns))
    for (const std::string& name : *names) out.columns.push_back({name, 0});
  else
    for (const double number : std::get<Tensor>(columns).data)
      out.columns.push_back({"", static_cast<std::size_t>(number)});
  out.dimension = width_of(config, out.columns.size());
  if (!out.columns.empty() && out.columns.size() != static_cast<std::size_t>(out.dimension))
    throw config.error("data.columns", "must name " + std::to_string(out.dimension) +
                                           (out.dimension == 1 ? " column" : " columns"));
  out.label = column_name(config.value("data.label"));
  out.drop_missing = config.text("data.missing") == "drop";
  out.columns_at = config.position("data.columns");
  out.label_at = config.position("data.label");
  return out;
}

// The bytes of the file at `name`. An error points at the line of the scene that gives the name, since the
// name is corrected there.
std::string bytes_of(const std::string& name, const Config& config) {
  try {
    return read_file(name);
  } catch (const InputError& error) {
    const SourcePosition at = config.position("data.path");
    if (at.file == name) throw;  // the file stands in the place of a scene
    // A name without a file behind it is wrong input; a file that exists but cannot be read is an error of
    // kind io.
    std::error_code ignored;
    const bool missing = !std::filesystem::exists(name, ignored);
    throw InputError(value_error("data.path", config.text("data.path"), error.message(), {}).message(), at,
                     missing ? ErrorKind::bad_input : error.kind());
  }
}

template <class Read>
Dataset from_file(const Config& config, const std::string& folder, Read read) {
  const std::string& path = config.text("data.path");
  if (path.empty())
    throw InputError("data.path is missing: source \"" + config.text("data.source") + "\" reads a file",
                     config.position("data.source"));
  // Under the name by which it can be opened from here, so that an editor finds the place.
  const std::string name = resolved_path(path, folder);
  Dataset data = read(bytes_of(name, config), name, request_of(config));
  data.title = title_of(path);
  for (std::string& note : data.notes) note = name + ": " + note;
  if (const auto& names = config.list("data.label_names"); !names.empty()) {
    if (!data.label_names.empty() && data.label_names != names)
      throw config.error("data.label_names", "the file names its classes itself");
    if (data.has_labels()) data.label_names = names;
  }
  return data;
}

Dataset make_csv(const Config& config, const std::string& folder, Random&) {
  return from_file(config, folder, read_csv);
}

Dataset make_npy(const Config& config, const std::string& folder, Random&) {
  return from_file(config, folder,
                   [](const std::string& bytes, const std::string& file, const TableRequest& request) {
                     return read_npy(std::as_bytes(std::span(bytes)), file, request);
                   });
}

// 1797 handwritten digits as pictures of 8 x 8 grey values, the test part of the UCI repository's Optical
// Recognition of Handwritten Digits (Alpaydin & Kaynak 1998, CC BY 4.0; assets/licences/digits.txt).
constexpr int kPixels = 64, kBrightest = 16;

Dataset make_digits(const Config&, const std::string&, Random&) {
  const std::string file = "builtin:digits.npy", bytes = read_file(file);
  TableRequest request;
  request.dimension = kPixels;
  for (std::size_t column = 1; column <= kPixels; ++column) request.columns.push_back({"", column});
  request.label = {"", kPixels + 1};
  Dataset data = read_npy(std::as_bytes(std::span(bytes)), file, request);
  data.points /= kBrightest;
  data.title = "Digits";
  for (int digit = 0; digit < 10; ++digit) data.label_names.push_back(std::to_string(digit));
  return data;
}

}  // namespace

std::string resolved_path(const std::string& path, const std::string& folder) {
  if (path.starts_with("builtin:") || folder.empty()) return path;
  return (std::filesystem::path(folder) / path).string();  // an absolute path stays as it is
}

DataSource csv_source() {
  return {.id = "csv",
          .label = "Table (csv)",
          .help = "Two columns of numbers of a text table, and one of classes if there is one.",
          .keys = {"data.path", "data.columns", "data.label", "data.missing", "data.label_names"},
          .parameters = {},
          .dimension = 0,
          .make = make_csv,
          .extensions = {".csv", ".tsv", ".txt", ".dat"},
          .is_given = true};
}

DataSource npy_source() {
  return {.id = "npy",
          .label = "NumPy array (npy)",
          .help = "Two columns of an array of NumPy, one row a point, and one of labels if there is one.",
          .keys = {"data.path", "data.columns", "data.label", "data.missing", "data.label_names"},
          .parameters = {},
          .dimension = 0,
          .make = make_npy,
          .extensions = {".npy"},
          .is_given = true};
}

DataSource digits_source() {
  return {"digits", "Digits",   "1797 handwritten digits of 8 x 8 grey values from 0 to 1, labelled.", {}, {},
          kPixels,  make_digits};
}

}  // namespace iem
