// Points from a file: data.path, relative to the scene's folder, or builtin:NAME.
#include <cctype>
#include <filesystem>

#include "core/base/error.h"
#include "core/data/sources.h"
#include "core/data/table_reader.h"

namespace iem {
namespace {

std::string resolved(const std::string& path, const std::string& folder) {
  if (path.starts_with("builtin:") || folder.empty()) return path;
  return (std::filesystem::path(folder) / path).string();  // an absolute path stays as it is
}

// "Old faithful" for "data/old_faithful.csv".
std::string title_of(const std::string& path) {
  std::string out = std::filesystem::path(path.substr(path.starts_with("builtin:") ? 8 : 0)).stem().string();
  for (char& c : out)
    if (c == '_') c = ' ';
  if (!out.empty()) out[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(out[0])));
  return out;
}

template <class Read>
Dataset from_file(const Config& config, const std::string& folder, Read read) {
  const std::string& path = config.text("data.path");
  if (path.empty())
    throw InputError("data.path is missing: source \"" + config.text("data.source") + "\" reads a file",
                     config.position("data.source"));
  const std::string name = resolved(path, folder);
  std::string bytes;
  try {
    bytes = read_file(name);
  } catch (const InputError& error) {
    // A name that leads nowhere is wrong input; a file that is there but cannot be read is not.
    std::error_code ignored;
    const bool missing = !std::filesystem::exists(name, ignored);
    // The name stands in the scene: that is where it is put right.
    throw InputError(value_error("data.path", path, error.message(), {}).message(),
                     config.position("data.path"), missing ? ErrorKind::bad_input : error.kind());
  }
  const auto& range = config.table().find("data.points")->shape;
  // Under the name by which it can be opened from here, so that an editor finds the place.
  Dataset data = read(bytes, name, static_cast<int>(range.back()));
  data.title = title_of(path);
  return data;
}

Dataset make_csv(const Config& config, const std::string& folder, Random) {
  return from_file(config, folder, [](const std::string& bytes, const std::string& file, int dimension) {
    return read_csv(bytes, file, dimension);
  });
}

Dataset make_npy(const Config& config, const std::string& folder, Random) {
  return from_file(config, folder, [](const std::string& bytes, const std::string& file, int dimension) {
    return read_npy(std::as_bytes(std::span(bytes)), file, dimension);
  });
}

}  // namespace

DataSource csv_source() {
  return {"csv",
          "Table (csv)",
          "The first two columns of a text table, and its column `label` if there is one.",
          {"data.path"},
          {},
          0,
          make_csv,
          ".csv"};
}

DataSource npy_source() {
  return {"npy",
          "NumPy array (npy)",
          "An array of NumPy, one row a point, labels in a further column if there is one.",
          {"data.path"},
          {},
          0,
          make_npy,
          ".npy"};
}

}  // namespace iem
